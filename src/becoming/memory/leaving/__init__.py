"""Taking the whole memory along, and bringing it back."""
