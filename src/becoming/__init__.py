"""Becoming: an operating system for a person's inner and daily life, in the shape of a voice."""

__version__ = "0.1.0"
