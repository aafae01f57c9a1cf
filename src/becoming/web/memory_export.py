"""All of a memory as one zip, to be taken along by a browser."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path
from typing import IO

from becoming.memory import Life


def zipped(life: Life) -> IO[bytes]:
    """The export folder in a file without a name, which is gone once it is closed. Raises InputError."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  whoever sends it closes it
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        written = life.export(Path(folder) / "becoming-memory")
        for path in sorted(path for path in written.rglob("*") if path.is_file()):
            archive.write(path, path.relative_to(written.parent))
    file.seek(0)
    return file
