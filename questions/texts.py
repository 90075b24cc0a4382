"""Many texts at once without the memory that they would take: once they are large they lie in a temporary file."""

import weakref
from collections.abc import Mapping
from tempfile import SpooledTemporaryFile

IN_MEMORY = 4 * 2**20  # bytes of text; beyond that they go to the disk
_SIZE = 4  # bytes before each text, which say how long it is


class Texts(Mapping):
    """Name → text, in the order in which they came. What needs no name is given a place with `keep`."""

    def __init__(self):
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - open for as long as the texts are
        self._kept = {}
        weakref.finalize(self, self._file.close)

    def keep(self, text):
        """What gives `text` back to str(); the empty text is its own keeper."""
        if not text:
            return ""
        data = text.encode("utf-8", "surrogatepass")
        place = self._file.seek(0, 2)
        self._file.write(len(data).to_bytes(_SIZE, "big") + data)
        return Kept(self, place)

    def at(self, place):
        self._file.seek(place)
        size = int.from_bytes(self._file.read(_SIZE), "big")
        return self._file.read(size).decode("utf-8", "surrogatepass")

    def __setitem__(self, name, text):
        self._kept[name] = self.keep(text)

    def __getitem__(self, name):
        return str(self._kept[name])

    def __contains__(self, name):
        return name in self._kept

    def __iter__(self):
        return iter(self._kept)

    def __len__(self):
        return len(self._kept)


class Kept:
    """One of many texts, fetched when it is asked for by str()."""

    __slots__ = ("place", "texts")

    def __init__(self, texts, place):
        self.texts, self.place = texts, place

    def __str__(self):
        return self.texts.at(self.place)
