"""Zips a folder by name, each file at one time that never changes: stable_zip.py FOLDER ZIP [NAME INSIDE]"""

import sys
import zipfile
from pathlib import Path

folder = Path(sys.argv[1])
inside = sys.argv[3] + "/" if len(sys.argv) > 3 else ""
with zipfile.ZipFile(sys.argv[2], "w") as archive:
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        entry = zipfile.ZipInfo(inside + path.relative_to(folder).as_posix(), (2026, 1, 1, 0, 0, 0))
        entry.external_attr = 0o644 << 16
        entry.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(entry, path.read_bytes())
