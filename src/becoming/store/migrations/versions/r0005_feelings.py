"""What was felt in a moment: as it was perceived, and, where the person said otherwise, in their own word."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Create the tables. A moment keeps one reading of each source; the person's own word leaves the guess standing."""
    op.create_table(
        "feeling",
        sa.Column("turn", sa.Integer, sa.ForeignKey("turn.id", ondelete="CASCADE"), primary_key=True),
        sa.Column(
            "source",
            sa.Text,
            sa.CheckConstraint("source IN ('words', 'voice', 'person')"),
            primary_key=True,
        ),
        sa.Column("valence", sa.Float, sa.CheckConstraint("valence BETWEEN -1 AND 1"), nullable=False),
        sa.Column("arousal", sa.Float, sa.CheckConstraint("arousal BETWEEN 0 AND 1"), nullable=False),
        sa.Column("confidence", sa.Float, sa.CheckConstraint("confidence BETWEEN 0 AND 1"), nullable=False),
        # Where the person said it was otherwise: when that is forgotten, the guess stands again.
        sa.Column("told", sa.Integer, sa.ForeignKey("turn.id", ondelete="CASCADE")),
    )
    op.create_index("feeling_told", "feeling", ["told"])
    op.create_table(
        "emotion",
        sa.Column("turn", sa.Integer, primary_key=True),
        sa.Column("source", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("intensity", sa.Float, sa.CheckConstraint("intensity BETWEEN 0 AND 1"), nullable=False),
        sa.ForeignKeyConstraint(["turn", "source"], ["feeling.turn", "feeling.source"], ondelete="CASCADE"),
    )
