"""What may be asked for, by number or in words: as far as the store and a calendar go."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

Number = Annotated[int, Field(ge=0, lt=2**53)]
"""Of a moment, a talk, a belief or a book; a browser's numbers go as far."""
When = Annotated[float, Field(ge=0, le=250_000_000_000)]
"""Unix seconds, up to the year 9892."""
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
"""Some words, and no more than fit on a line or two."""
