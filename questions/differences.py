"""Two texts compared line by line, for someone who reads what has changed. Pure."""

from dataclasses import dataclass
from difflib import SequenceMatcher

LINES = 1500  # of each text are compared: the time that it takes may grow with the square
WIDTH = 2000  # characters of a line are shown
AROUND = 3  # lines that stayed are shown around those that did not


@dataclass(frozen=True)
class Line:
    """`kind` is same, gone, new, or left-out: `number` lines that stayed the same, or that were not compared."""

    kind: str
    text: str = ""
    number: int = 0


def differences(old, new):
    """The Lines to show; none if the texts are the same."""
    before, after = _lines(old), _lines(new)
    if before == after:
        return []
    shown = []
    matcher = SequenceMatcher(None, before[:LINES], after[:LINES], autojunk=True)
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            shown += _same(before[start:end], is_first=start == 0, is_last=end == min(len(before), LINES))
        else:
            shown += [Line("gone", line[:WIDTH]) for line in before[start:end]]
            shown += [Line("new", line[:WIDTH]) for line in after[new_start:new_end]]
    rest = max(len(before), len(after)) - LINES
    return [*shown, Line("left-out", number=rest)] if rest > 0 else shown


def _same(lines, *, is_first, is_last):
    head, tail = (0 if is_first else AROUND), (0 if is_last else AROUND)
    if len(lines) <= head + tail + 1:
        return [Line("same", line[:WIDTH]) for line in lines]
    hidden = [Line("left-out", number=len(lines) - head - tail)]
    shown = [Line("same", line[:WIDTH]) for line in lines]
    return shown[:head] + hidden + (shown[-tail:] if tail else [])


def _lines(text):
    return text.rstrip("\n").split("\n") if text else []


def words_of(one):
    """All that a Note, a Conflict or a parsed question says, to be compared."""
    return "\n\n".join(filter(None, [one.title, one.text, one.answer]))
