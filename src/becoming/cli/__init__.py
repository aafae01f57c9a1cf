"""The command line: `becoming` starts her; the rest looks after her and her memory."""

from __future__ import annotations

from becoming.cli import calendaring, mailing, remembering, sleeping, talking, tooling

app = talking.app
remembering.add_to(app)
sleeping.add_to(app)
app.add_typer(mailing.mail, name="mail")
app.add_typer(calendaring.calendar, name="calendar")
app.add_typer(tooling.tools, name="tools")
