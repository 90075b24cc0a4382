"""What was read from an origin, and the limits that every origin keeps."""

import posixpath
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings

from questions.markdown.reading.notes import Problem
from questions.texts import Texts

SUFFIXES = (".md", ".markdown")
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")
ENCODINGS = ("utf-8-sig", "gb18030")
LONGEST_NAME = 500  # characters; the database keeps no more
MEGABYTE = 2**20


class Refused(Exception):
    """The import cannot go on; the message tells its reader what to do."""


@dataclass
class Reading:
    """The texts of an origin by relative path, and its pictures, which are fetched when a note shows them."""

    origin: str
    commit: str = ""
    files: Texts = field(default_factory=Texts)
    pictures: dict[str, Callable[[], bytes]] = field(default_factory=dict)
    picture_marks: dict[str, str] = field(default_factory=dict)  # change whenever the picture does
    problems: list[Problem] = field(default_factory=list)
    bytes_read: int = 0
    close: Callable[[], None] = lambda: None  # gives up what the pictures are fetched from

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()

    def offer(self, name, size, fetch, mark):
        """Takes a file if it is a note (or may be needed as a picture) and within the limits.

        `name` is relative, with slashes; `size` what the origin says it has in bytes; `fetch(limit)` gives its bytes,
        no more than `limit` + 1 of them, whatever was said; `mark` is something that changes when the bytes do.
        """
        name = unicodedata.normalize("NFC", name)
        suffix = posixpath.splitext(name)[1].lower()
        if suffix in PICTURES and size <= settings.UPLOAD_LIMIT:
            self.pictures[name] = lambda: fetch(settings.UPLOAD_LIMIT)
            self.picture_marks[name] = str(mark)
        elif suffix in SUFFIXES:
            self._take(name, size, fetch)

    def _take(self, name, size, fetch):
        if len(name) > LONGEST_NAME:
            return self.complain(name[:LONGEST_NAME], f"The name is longer than {LONGEST_NAME} characters: left out.")
        if len(self.files) >= settings.IMPORT_FILES:
            raise Refused(f"There are more than {settings.IMPORT_FILES} notes in {self.origin}. Import a part of it.")
        limit = settings.IMPORT_FILE_BYTES
        data = fetch(limit) if size <= limit else b""
        if size > limit or len(data) > limit:
            return self.complain(name, f"The file is larger than {limit // MEGABYTE} MB: left out.")
        self.bytes_read += len(data)
        if self.bytes_read > settings.IMPORT_BYTES:
            total = settings.IMPORT_BYTES // MEGABYTE
            raise Refused(f"The notes in {self.origin} are larger than {total} MB together. Import a part of it.")
        text = decode(data)
        if text is None:
            return self.complain(name, "The file is neither UTF-8 nor GB18030: left out.")
        self.files[name] = text

    def complain(self, name, message, level="error"):
        self.problems.append(Problem(level, name, 0, message))

    def finished(self):
        """Itself, if there is anything to import."""
        if not self.files:
            raise Refused(f"There is no readable Markdown in {self.origin} (files ending in {' or '.join(SUFFIXES)}).")
        return self


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
