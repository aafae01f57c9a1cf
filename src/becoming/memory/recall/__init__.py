"""What comes to mind at some words: by words, meaning, people and time together, without a language model."""
