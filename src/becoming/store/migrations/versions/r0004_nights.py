"""What nights leave behind: what they were, what they dropped, how she changed, what she thought, what she will ask."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the tables. Whatever holds words of a moment goes with that moment."""
    op.create_table(
        "night",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.Text, sa.CheckConstraint("kind IN ('nap', 'night')"), nullable=False),
        sa.Column("began", sa.BigInteger, nullable=False),
        sa.Column("ended", sa.BigInteger, nullable=False),
        sa.Column("moments", sa.Integer, nullable=False),
        sa.Column("tokens", sa.Integer, nullable=False),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True),
        _of("night", nullable=False),
        _of("turn"),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
    )
    op.create_table(
        "trait",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("step", sa.Float, nullable=False),
        sa.Column("because", sa.Text, nullable=False),
        sa.Column("undone", sa.BigInteger),
    )
    op.create_table(
        "thought",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),  # journal, dream, question
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("made", sa.BigInteger, nullable=False),
        sa.Column("said", sa.BigInteger),
    )
    op.create_table(
        "ground",  # the moments that a trait's change or a thought rests on
        sa.Column("kind", sa.Text, sa.CheckConstraint("kind IN ('trait', 'thought')"), primary_key=True),
        sa.Column("ref", sa.Integer, primary_key=True),
        _of("turn", primary_key=True),
    )
    op.create_index("ground_turn", "ground", ["turn"])
    op.create_table(
        "checkin",
        sa.Column("id", sa.Integer, primary_key=True),
        _of("turn", nullable=False, unique=True),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("asks", sa.Text, nullable=False),
        sa.Column("begins", sa.BigInteger, nullable=False),
        sa.Column("due", sa.BigInteger, nullable=False),
        sa.Column("closed", sa.BigInteger),
        sa.Column("why", sa.Text),  # asked, told, cancelled, moved
    )


def _of(name: str, **more: Any) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, sa.ForeignKey(f"{name}.id", ondelete="CASCADE"), **more)
