"""Who she is: her birth, the name she chooses, her first traits, and the character text of the prompt."""
