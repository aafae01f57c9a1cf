"""The house's front: the page, the wire, and who may come in."""
