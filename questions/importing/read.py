"""Reads notes from wherever they are: one door for the command and the curators' desk."""

from pathlib import Path

from questions.importing.origins.archive import read_archive
from questions.importing.origins.folder import read_folder
from questions.importing.origins.repository import read_repository
from questions.importing.reading import Reading


def read(origin):
    """The notes at a path or https address. Raises Refused with what to do about it."""
    origin = str(origin)
    if "://" in origin:
        return read_repository(origin)
    if Path(origin).suffix.lower() == ".zip" and Path(origin).is_file():
        return read_archive(origin, origin)
    return read_folder(origin)


def read_pasted(text, name="pasted.md"):
    """Markdown that someone typed or pasted."""
    reading = Reading(name)
    data = text.encode("utf-8", "replace")
    reading.offer(name, len(data), lambda limit: data, mark="")
    return reading.finished()
