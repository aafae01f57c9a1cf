"""Becoming: an operating system for a person's inner and daily life, in the shape of a voice."""

import os

__version__ = "0.1.0"

# Before numpy is imported: her matrices are small, and a second thread for one of them costs more than it saves
# (recall at 10,000 moments: 16 ms of time and 24 of work with two, 11 and 11 with one), on cores that ears and
# language model need.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
