"""What is held true, learned at once from what was said, put right, and asked for."""
