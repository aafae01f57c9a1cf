"""What was felt when: kept with each moment as a guess, put right by the person, looked back on."""
