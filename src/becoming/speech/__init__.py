"""Ears and mouth: from microphone samples to turns, from clauses to sound, and who has the floor."""
