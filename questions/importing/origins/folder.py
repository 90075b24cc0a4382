"""Notes in a folder, or in a single file. Links are not followed: nothing outside is ever read."""

import os
from pathlib import Path

from questions.importing.reading import Reading, Refused

LEFT_OUT = {"node_modules", "__pycache__"}


def read_folder(origin):
    path = Path(origin)
    reading = Reading(str(origin))
    try:
        if path.is_file():
            _offer(reading, path, path.name)
        elif path.is_dir():
            _walk(reading, path)
        else:
            raise Refused(
                f"{origin} does not exist. Give a folder of notes, a Markdown file, a .zip or an https address."
            )
    except OSError as mistake:
        raise Refused(f"{origin} cannot be read: {mistake.strerror}.") from None
    return reading.finished()


def _walk(reading, root):
    for folder, folders, names in os.walk(root):  # does not follow links to folders
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in LEFT_OUT)
        for name in sorted(name for name in names if not name.startswith(".")):
            path = Path(folder, name)
            relative = path.relative_to(root).as_posix()
            if path.is_symlink():
                reading.complain(relative, "A link is not followed.", "warning")
            elif path.is_file():
                _offer(reading, path, relative)


def _offer(reading, path, name):
    def fetch(limit):
        # O_NOFOLLOW: what was a file a moment ago may have been made a link since.
        with os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb") as file:
            return file.read(limit + 1)

    facts = path.stat()
    reading.offer(name, facts.st_size, fetch, mark=f"{facts.st_size} {facts.st_mtime_ns}")
