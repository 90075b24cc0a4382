"""What two texts have in common whatever their dress, 20 letters at a time. Pure.

A text is a copy of another if at least 80 % of the shingles (distinct runs of 20 letters) of *either* are in the other:
of the copy's own, because an excerpt is still the other's words; of the original's, because words around it do not make
it another text. What is contained so must have 60 letters at least: a shorter sentence is a quotation, or chance,
unless it is the whole of both. A text of less than 20 letters is one shingle, compared whole.
"""

import re
import unicodedata
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from html import unescape

LENGTH = 20
COPY = 0.8
NEAR = 0.3  # of the shingles: worth a look. Letters changed one in twenty, all over a text, leave about 0.36.
SHORTEST_PASSAGE = 60
# One changed letter spoils 20 shingles in a row; where four fifths are left, they stand in longer rows than this.
STRIDE = 16

# No pattern looks ahead without bound from many places: a text may be hostile.
_TAG = re.compile(r"</?[a-z][^<>]{0,500}>|<!--|-->", re.I)
_IMAGE = re.compile(r"!\[[^\[\]\n]{0,500}\]\([^()\n]{0,1000}\)")
_TARGET = re.compile(r"\]\([^()\n]{0,1000}(?:\([^()\n]{0,200}\)[^()\n]{0,200})?\)")
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]]{1,2000}", re.I)
_HAN_NUMBER = "[零〇一二三四五六七八九十百千]"
_LINE_HEAD = re.compile(
    rf"^(?:[^\w\n]|[\d_]){{0,12}}(?:第{_HAN_NUMBER}{{1,4}}[章节讲篇题问]|{_HAN_NUMBER}{{1,4}}[、.:)]|[a-z]\d{{0,3}}[.:)、]"
    r"|[ivx]{1,4}[.:)、]|(?<=```)\w{1,20}$)",
    re.I | re.M,
)
_NO_LETTER = re.compile(r"[\W\d_]+")


def letters(text: str) -> str:
    """The letters of `text`, NFKC, in lower case: markup, addresses, numbering, digits and punctuation are dress."""
    folded = unicodedata.normalize("NFKC", unescape(text))
    for dress, left in ((_TAG, " "), (_IMAGE, " "), (_TARGET, "]"), (_ADDRESS, " "), (_LINE_HEAD, "")):
        folded = dress.sub(left, folded)
    folded = folded.casefold()
    return _NO_LETTER.sub("", folded) or "".join(folded.split())


def shingles(bare: str) -> set[str]:
    """Every run of 20 letters of a text that comes from letters()."""
    return set(_runs(bare)) - {""}


def landmarks(bare: str) -> set[str]:
    """So few of the shingles that they can be kept of many texts, so placed that no copy can miss them all."""
    last = max(0, len(bare) - LENGTH)
    return {bare[start : start + LENGTH] for start in (*range(0, last, STRIDE), last)} - {""}


def number(shingle: str) -> int:
    """Stands for a shingle in the database: signed, of 64 bits."""
    return int.from_bytes(blake2b(shingle.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)


class Index:
    """Texts by key, and where their landmarks are."""

    def __init__(self, texts: Iterable[tuple[Hashable, str]]):
        self.texts, self.keys = {}, {}
        for key, text in texts:
            self.texts[key] = letters(text)
            for one in landmarks(self.texts[key]):
                self.keys.setdefault(one, []).append(key)

    def alike(self, bare: str) -> dict[Hashable, str]:
        """The texts (key → letters) that `bare` may be a copy of."""
        keys = self.keys
        hits = [keys[run] for run in _runs(bare) if run in keys]
        return {key: self.texts[key] for hit in hits for key in hit}


def _runs(bare):
    return (bare[start : start + LENGTH] for start in range(max(1, len(bare) - LENGTH + 1)))


@dataclass(frozen=True)
class Likeness:
    """To which of the others a text is most like, how much of the text they share (0–1), and whether it is a copy."""

    key: Hashable
    share: float
    is_copy: bool


def compare(bare: str, others: Mapping[Hashable, str]) -> Likeness | None:
    """How like `bare` is to the others (key → letters), or None if they share nothing.

    Pieces of several others make a copy too: their shares of the text are counted together.
    """
    if not others:
        return None
    own, together, found = shingles(bare), set(), []
    for key, other in others.items():
        theirs = shingles(other)
        shared = own & theirs
        if not shared:
            continue
        together |= shared
        of_own, of_theirs = len(shared) / len(own), len(shared) / len(theirs)
        is_copy = (
            (of_own >= COPY and of_theirs >= COPY)
            or (of_own >= COPY and len(bare) >= SHORTEST_PASSAGE)
            or (of_theirs >= COPY and len(other) >= SHORTEST_PASSAGE)
        )
        found.append((is_copy, max(of_own, of_theirs), key))
    if not found:
        return None
    is_copy, share, key = max(found)
    if len(bare) >= SHORTEST_PASSAGE and len(together) / len(own) >= COPY:
        is_copy, share = True, max(share, len(together) / len(own))
    return Likeness(key, share, is_copy)
