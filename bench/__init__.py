"""Measurements. Each runs as `uv run python -m bench.NAME [--quick] [--json]`; see `contract.py`."""
