"""Measurements. Each runs as `uv run python -m bench.NAME [--quick] [--json]`; see `contract.py`."""

import becoming as becoming  # before numpy: how many threads it uses is settled there
