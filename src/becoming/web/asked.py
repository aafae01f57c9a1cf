"""What may be asked for by number: as far as the store and a calendar go."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

Number = Annotated[int, Field(ge=0, lt=2**53)]
"""Of a moment, a talk, a belief or a book; a browser's numbers go as far."""
When = Annotated[float, Field(ge=0, le=250_000_000_000)]
"""Unix seconds, up to the year 9892."""
