"""Calendars and address books by ear: read as data that asks for nothing, and changed only after the person's yes."""
