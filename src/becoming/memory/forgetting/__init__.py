"""What goes again for good, and what is never written."""
