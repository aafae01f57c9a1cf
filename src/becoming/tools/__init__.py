"""What she can do besides talking. So far: read."""
