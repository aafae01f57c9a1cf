"""What the crisis hearing is trained on: lines by hand (*.txt) and paraphrases of them by code."""
