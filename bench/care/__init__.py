"""Is she safe company? The gates of the care, in parts: what she hears (`hearing.py`), and what she says to it
(`gates.py`, `redflow.py`).

Each part has `GOALS` and `measure(quick, data) -> Figures`; `__main__.py` lists them.
"""
