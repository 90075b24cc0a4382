"""Takes the Markdown files out of a folder, or a single one, within limits and never from outside."""

import os
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from questions.markdown.reading.notes import Problem

SUFFIXES = (".md", ".markdown")
ENCODINGS = ("utf-8-sig", "gb18030")


class Refused(Exception):
    """The import cannot go on; the message tells its reader what to do."""


@dataclass
class Reading:
    origin: str
    files: dict[str, str] = field(default_factory=dict)  # relative path → text
    problems: list[Problem] = field(default_factory=list)
    commit: str = ""


def read(origin):
    """The Markdown files at `origin`. Raises Refused if there are none."""
    path = Path(origin)
    reading = Reading(str(origin))
    try:
        if path.is_file():
            _take(path, path.name, reading)
        elif path.is_dir():
            _take_folder(path, reading)
        else:
            raise Refused(f"{origin} does not exist. Give a folder of Markdown notes, or one Markdown file.")
    except OSError as mistake:
        raise Refused(f"{origin} cannot be read: {mistake.strerror}.") from None
    if not reading.files:
        raise Refused(f"There is no readable Markdown in {origin} (files ending in {' or '.join(SUFFIXES)}).")
    return reading


def _take_folder(root, reading):
    total = 0
    for folder, folders, names in os.walk(root):  # does not follow links to folders
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "node_modules")
        for name in sorted(names):
            path = Path(folder, name)
            relative = path.relative_to(root).as_posix()
            if path.suffix.lower() not in SUFFIXES or name.startswith("."):
                continue
            if path.is_symlink():
                reading.problems.append(Problem("warning", relative, 0, "A link is not followed."))
                continue
            if len(reading.files) >= settings.IMPORT_FILES:
                raise Refused(f"{root} holds more than {settings.IMPORT_FILES} notes. Import a part of it.")
            total += _take(path, relative, reading)
            if total > settings.IMPORT_BYTES:
                raise Refused(f"The notes in {root} are larger than {settings.IMPORT_BYTES // 2**20} MB together.")


def _take(path, name, reading):
    """Reads one file if it is small enough and text; returns its size in bytes."""
    size = path.stat().st_size
    if size > settings.IMPORT_FILE_BYTES:
        limit = settings.IMPORT_FILE_BYTES // 2**20
        reading.problems.append(Problem("error", name, 0, f"The file is larger than {limit} MB and is left out."))
        return 0
    text = decode(path.read_bytes())
    if text is None:
        reading.problems.append(Problem("error", name, 0, "The file is neither UTF-8 nor GB18030 and is left out."))
        return 0
    reading.files[unicodedata.normalize("NFC", name)] = text
    return size


def decode(data):
    """Text with plain newlines, or None. UTF-16 is told by its mark; Chinese notes may be in GB18030."""
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ENCODINGS
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    return None
