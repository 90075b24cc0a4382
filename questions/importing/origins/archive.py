"""Notes in a zip archive. It is read in place, never unpacked, and nothing it says of itself is believed."""

import posixpath
import re
import stat
import zipfile
import zlib

from django.conf import settings

from questions.importing.reading import Reading, Refused

ENTRIES_PER_NOTE = 20  # an archive may hold so many other files for each note it may hold
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


def read_archive(file, origin):
    """`file` is a path or an open binary file; `origin` is what it is called."""
    reading = Reading(origin)
    try:
        archive = zipfile.ZipFile(file)
        entries = archive.infolist()
    except BROKEN:
        raise Refused(f"{origin} is not a readable zip archive.") from None
    if len(entries) > settings.IMPORT_FILES * ENTRIES_PER_NOTE:
        raise Refused(f"{origin} holds {len(entries)} entries. Import a part of it.")
    names = _safe_names(entries, reading)
    root = _common_root(names.values())
    for entry, name in names.items():
        _offer(reading, archive, entries[entry], name.removeprefix(root))
    return reading.finished()


def _safe_names(entries, reading):
    """Index of entry → its path. What would lie outside, is a link, or is there twice is named and left out."""
    names, seen = {}, set()
    for i, entry in enumerate(entries):
        name = entry.filename.replace("\\", "/")
        if entry.is_dir() or any(part.startswith(".") and part not in ("..", ".") for part in name.split("/")):
            continue
        if name.startswith("/") or re.match(r"[A-Za-z]:", name) or ".." in name.split("/"):
            reading.complain(name[:200], "A path that leads out of the archive: left out.")
        elif stat.S_ISLNK(entry.external_attr >> 16):
            reading.complain(name[:200], "A link is not followed.", "warning")
        elif (name := posixpath.normpath(name)).casefold() in seen:
            reading.complain(name[:200], "Another file of this name is in the archive: left out.", "warning")
        else:
            seen.add(name.casefold())
            names[i] = name
    return names


def _common_root(names):
    """The folder that holds everything, as in `notes-1a2b3c/…`: its name changes with every download."""
    roots = {name.partition("/")[0] if "/" in name else "" for name in names}
    root = roots.pop() if len(roots) == 1 else ""
    return f"{root}/" if root else ""


def _offer(reading, archive, entry, name):
    def fetch(limit):
        with archive.open(entry) as packed:
            return packed.read(limit + 1)

    try:
        reading.offer(name, entry.file_size, fetch, mark=entry.CRC)
    except BROKEN as mistake:
        reading.complain(name, f"It cannot be unpacked ({mistake}): left out.")
