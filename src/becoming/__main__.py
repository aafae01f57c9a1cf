"""`python -m becoming` is `becoming`."""

from becoming.cli import app

app()
