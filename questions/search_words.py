"""What a text is found by, and what is looked for: words as they are compared. Pure.

Letters are folded first, of a text and of what was typed alike: full-width to half-width, capitals to small letters,
accents off, traditional characters to simplified ones. Then runs of Latin letters and digits are words, and every other
run of letters is cut into its single letters and pairs of neighbours: what stands in it is found, from one letter up.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import chain
from operator import add
from pathlib import Path

VERSION = 1  # raised whenever a text comes to be found by other words, so that the index is made again

LONGEST_TEXT = 200_000  # letters of one text that are looked at
LONGEST_WORD = 40  # letters of one word that count
MOST_BYTES = 900_000  # of all words of one text: PostgreSQL takes a little more
MOST_TERMS = 40  # that are looked for at once
OFTEN = 3  # times that a word stands in a text which is about it

TITLE, SALIENT = "=", "+"  # before a word: it stands in the title; it stands there often

RUN = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")
WITH_ACCENTS = "\u0530"  # scripts before this letter carry accents; in others such signs are letters
PAIRS = re.compile("^[^#].*", re.M)


class Fold(dict):
    """Code point → what it is compared as; filled as letters are met."""

    def __init__(self):
        pairs = "".join(PAIRS.findall(Path(__file__).with_name("simplified.txt").read_text("utf-8")))
        self.simplified = dict(zip(pairs[::2], pairs[1::2], strict=True))
        self.uneven = set()  # letters met that become none or several

    def __missing__(self, code):
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", chr(code)).casefold())
        bare = unicodedata.normalize("NFD", folded)
        if bare < WITH_ACCENTS:
            folded = "".join(letter for letter in bare if not unicodedata.combining(letter))
        self[code] = "".join(self.simplified.get(letter, letter) for letter in folded)
        if len(self[code]) != 1:
            self.uneven.add(chr(code))
        return self[code]


FOLD = Fold()


def fold(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(FOLD)


# --- What a text is found by -------------------------------------------------------------------------------------


def words_of(title: str, text: str) -> list[str]:
    """All words of a text with that title: as they are, and marked if they stand in the title, or often in the text."""
    of_title, of_text = _count(fold(title)), _count(fold(text[:LONGEST_TEXT])[:LONGEST_TEXT])
    found = [TITLE + word for word in of_title]
    found += {**of_title, **of_text}
    found += [SALIENT + word for word, times in of_text.items() if times >= OFTEN]
    return _cut(found) if len(found) * (LONGEST_WORD + 1) > MOST_BYTES else found


def _count(folded):
    counts = Counter()
    for run in RUN.findall(folded):
        if run.isascii():
            counts[run[:LONGEST_WORD]] += 1
        else:
            counts.update(chain(run, map(add, run, run[1:])))
    return counts


def _cut(found):
    """So many of them, from the first on, as fit."""
    size = 0
    for n, word in enumerate(found):
        size += len(word.encode())
        if size > MOST_BYTES:
            return found[:n]
    return found


# --- What is looked for ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Term:
    """One run of what was typed: the words that must be there for it, all of them."""

    run: str
    begins: bool = False  # it is enough that a word begins so

    @property
    def words(self):
        if self.run.isascii():
            return (self.run[:LONGEST_WORD],)
        return tuple(map(add, self.run, self.run[1:])) or (self.run,)


def terms_of(typed: str) -> tuple[Term, ...]:
    """What `typed` asks for. The last Latin word of each part may be the beginning of one, from two letters on."""
    terms = {}
    for part in fold(typed).split():
        runs = RUN.findall(part)
        for run in runs:
            terms[Term(run, begins=run is runs[-1] and run.isascii() and len(run) > 1)] = True
    return tuple(terms)[:MOST_TERMS]


# --- Where it stands ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Piece:
    """A stretch of text, and whether it is what was looked for."""

    text: str
    is_hit: bool = False


def pieces(text: str, terms) -> list[Piece]:
    """All of `text`, with what was looked for set apart."""
    text = unicodedata.normalize("NFC", text)
    return _parted(text, 0, len(text), spots(text, terms))


def snippet(text: str, terms, length: int) -> list[Piece]:
    """About `length` letters of `text` around where most of what was looked for stands together."""
    text = unicodedata.normalize("NFC", text)
    found = spots(text, terms)
    start = _start(found, length, text)
    end = min(len(text), start + length)
    blank = text.rfind(" ", start, end)
    if end < len(text) and blank > end - 15 and all(stop <= blank for begin, stop, _term in found if begin < end):
        end = blank  # not in the middle of a word
    shown = _parted(text, start, end, found)
    dots = Piece("…")
    return [*[dots] * (start > 0), *shown, *[dots] * (end < len(text))]


def spots(text, terms, most=200):
    """(from, to, term) of the first places in `text`, which is in NFC, where a term stands."""
    folded, origin = _traced(text)
    found = []
    for term in terms:
        whole = list(_matches(term.run, term, folded, most))
        for word in () if whole else term.words:
            whole += _matches(word, term, folded, most)
        found += ((origin(start), origin(end - 1) + 1, term) for start, end in whole)
    return _joined(sorted(found, key=lambda spot: spot[:2]))


def _joined(found):
    """Places that touch or overlap become one."""
    joined = []
    for start, end, term in found:
        if joined and start <= joined[-1][1] and term == joined[-1][2]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]), term)
        else:
            joined.append((start, end, term))
    return joined


def _matches(words, term, folded, most):
    pattern = re.escape(words)
    if words.isascii():
        pattern = rf"(?<![a-z0-9]){pattern}" + ("" if term.begins else r"(?![a-z0-9])")
    for n, match in enumerate(re.finditer(pattern, folded)):
        if n == most:
            return
        yield match.span()


def _traced(text):
    """`text` folded, and a function from a place in that to the place in `text`."""
    folded = text.translate(FOLD)
    if FOLD.uneven.isdisjoint(text):
        return folded, lambda place: place
    origins = [place for place, letter in enumerate(text) for _ in FOLD[ord(letter)]]
    return folded, origins.__getitem__


def _start(found, length, text):
    """Where to begin, so that most different terms are in view, and a little of what stands before them."""
    best, where = 0, 0
    for n, (start, _end, _term) in enumerate(found):
        seen = {term for begin, end, term in found[n : n + 50] if end <= start + length * 3 // 4}
        if len(seen) > best:
            best, where = len(seen), start
    start = max(0, min(where - length // 4, len(text) - length))
    blank = text.find(" ", start, where) if start and start + 20 < where else -1
    return blank + 1 if 0 <= blank - start < 20 else start


def _parted(text, start, end, found):
    shown, place = [], start
    for begin, stop, _term in found:
        begin, stop = max(begin, place), min(stop, end)
        if begin >= stop:
            continue
        if begin > place:
            shown.append(Piece(text[place:begin]))
        shown.append(Piece(text[begin:stop], is_hit=True))
        place = stop
    return [*shown, Piece(text[place:end])] if place < end else shown
