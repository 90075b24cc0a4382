"""Two texts compared word by word, for someone who has read the first and wants to know what is new. Pure.

The time it takes grows with the length of the texts, not with its square: words that stand once on both sides hold the
rest together, and only the small gaps between them are compared in full.
"""

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from questions.wording import words

SMALL = 60_000  # words on one side times words on the other: up to here they are compared in full
RUN = 3  # words in a row that are looked for on both sides
DEPTH = 6  # how often a gap is looked through again for such words
WINDOW = 120  # words compared at a time where everything repeats itself, and nothing stands once
STRAY = 2  # words that stayed between longer changes: it reads better without them
AROUND = 240  # characters shown before and after a change, of what stayed


@dataclass(frozen=True)
class Piece:
    """`kind` is same, gone, new, or left-out: text that stayed and is not shown."""

    kind: str
    text: str = ""


def word_differences(old, new):
    """The Pieces to show, `new` in full but for what stayed far from a change; none if both say the same."""
    before, after = words(old), words(new)
    matches = _matches([word.key for word in before], [word.key for word in after])
    old_starts, new_starts = _starts(before, old), _starts(after, new)
    if matches == [(0, 0, len(before))] and len(before) == len(after):
        return []
    pieces, i, j = [], 0, 0
    end = (len(before), len(after))
    for start, new_start, size in [*_without_strays(matches, end), (*end, 0)]:
        pieces += _piece("gone", old[old_starts[i] : old_starts[start]] if start > i else "")
        pieces += _piece("new", new[new_starts[j] : new_starts[new_start]] if new_start > j else "")
        i, j = start + size, new_start + size
        pieces += _piece("same", new[new_starts[new_start] : new_starts[j]] if size else "")
    return _shortened(pieces)


def _piece(kind, text):
    return [Piece(kind, text)] if text else []


def _starts(found, text):
    """Where each word begins to be shown; what stands between two words belongs to the first of them."""
    return [0, *(word.start for word in found[1:]), len(text)] if found else [0]


def _shortened(pieces):
    shown = []
    for n, piece in enumerate(pieces):
        head, tail = AROUND * (n > 0), AROUND * (n < len(pieces) - 1)
        if piece.kind != "same" or len(piece.text) <= head + tail + AROUND:
            shown.append(piece)
            continue
        shown += _piece("same", piece.text[:head])
        shown.append(Piece("left-out"))
        shown += _piece("same", piece.text[len(piece.text) - tail :])
    return shown


# --- What stayed -------------------------------------------------------------------------------------------------


def _matches(old, new):
    """Runs that stand on both sides, in order: (start in old, start in new, length), none touching the next."""
    found, gaps = [], [(0, len(old), 0, len(new), 0)]
    while gaps:
        i, i_end, j, j_end, depth = gaps.pop()
        start, new_start = i, j
        while i < i_end and j < j_end and old[i] == new[j]:
            i, j = i + 1, j + 1
        found.append((start, new_start, i - start))
        stop = i_end
        while i_end > i and j_end > j and old[i_end - 1] == new[j_end - 1]:
            i_end, j_end = i_end - 1, j_end - 1
        found.append((i_end, j_end, stop - i_end))
        if i == i_end or j == j_end:
            continue
        is_small = (i_end - i) * (j_end - j) <= SMALL
        anchors = _anchors(old[i:i_end], new[j:j_end]) if depth < DEPTH and not is_small else []
        if anchors:
            ends = [(i, j), *((i + a, j + b) for a, b in anchors), (i_end, j_end)]
            gaps += [(a, c, b, d, depth + 1) for (a, b), (c, d) in pairwise(ends)]
            continue
        ahead = (i_end, j_end) if is_small else (min(i + WINDOW, i_end), min(j + WINDOW, j_end))
        blocks = SequenceMatcher(None, old[i : ahead[0]], new[j : ahead[1]], autojunk=False).get_matching_blocks()[:-1]
        runs = [(i + block.a, j + block.b, block.size) for block in blocks]
        found += runs
        if not is_small:
            i, j = (runs[-1][0] + runs[-1][2], runs[-1][1] + runs[-1][2]) if runs else ahead
            gaps.append((i, i_end, j, j_end, DEPTH))
    return _joined(sorted(run for run in found if run[2]))


def _anchors(old, new):
    """Places of runs that stand exactly once on each side, as many as are in the same order on both."""
    places = _once(old)
    others = _once(new)
    pairs = [(place, others[run]) for run, place in places.items() if run in others]  # in the order of old
    return _rising(pairs)


def _once(row):
    runs = list(zip(*(row[n:] for n in range(RUN)), strict=False))
    counts = Counter(runs)
    return {run: place for place, run in enumerate(runs) if counts[run] == 1}


def _rising(pairs):
    """The longest part of `pairs` whose second numbers rise, by patience."""
    tops, heaps, below = [], [], []
    for n, (_place, other) in enumerate(pairs):
        heap = bisect_left(tops, other)
        below.append(heaps[heap - 1] if heap else None)
        tops[heap : heap + 1] = [other]
        heaps[heap : heap + 1] = [n]
    chain, n = [], heaps[-1] if heaps else None
    while n is not None:
        chain.append(pairs[n])
        n = below[n]
    return chain[::-1]


def _joined(runs):
    joined = []
    for i, j, size in runs:
        if joined and (joined[-1][0] + joined[-1][2], joined[-1][1] + joined[-1][2]) == (i, j):
            joined[-1] = (*joined[-1][:2], joined[-1][2] + size)
        else:
            joined.append((i, j, size))
    return joined


def _without_strays(runs, end):
    """Leaves out a word or two that stayed where more went and came on both of its sides."""
    kept = [(0, 0, 0)]
    for run, ahead in pairwise([*runs, (*end, 0)]):
        size = run[2]
        if size > STRAY or min(_gap(kept[-1], run), _gap(run, ahead)) <= size:
            kept.append(run)
    return kept[1:]


def _gap(run, ahead):
    """How many words lie between two runs, on the side that has more of them."""
    return max(ahead[0] - run[0] - run[2], ahead[1] - run[1] - run[2])
