"""One outline out of two that tell of the same: an index's and a page's, a page's links and its questions."""

from difflib import SequenceMatcher

from questions.markdown.reading.entries import QUESTION, TOPIC
from questions.markdown.reading.titles import normalise

_ALIKE = 0.7  # of 1: two titles in the same place of index and note that are taken for one


def merged(listed, told):
    """Two trees over the headings of one page as one, in the order of its lines."""
    known = {(entry.start, entry.title.text): entry for entry in told if entry.role == TOPIC}
    both = list(told)
    for entry in listed:
        same = known.get((entry.start, entry.title.text))
        if same and entry.title.href is None:
            same.children = merged(entry.children, same.children)
        else:
            both.append(entry)
    return sorted(both, key=lambda entry: entry.start)


def pairs(asked, known):
    """Pairs of the same question in index and page: of one title first, then alike and in the same place."""
    places, waiting = [], {}
    for i, told in enumerate(known):
        waiting.setdefault(normalise(told.title.text), []).append(i)
    for n, question in enumerate(asked):
        same = waiting.get(normalise(question.title.text))
        if same:
            places.append((n, same.pop(0)))
    found = [(asked[n], known[i]) for n, i in places]
    left = set(range(len(known))) - {i for _, i in places}
    paired = {n for n, _ in places}
    for n, question in enumerate(asked):
        if n in paired:
            continue
        before = max((i for m, i in places if m < n), default=-1) if len(places) < 2000 else -1
        behind = min((i for m, i in places if m > n), default=len(known)) if len(places) < 2000 else -1
        between = [i for i in range(before + 1, min(behind, before + 6)) if i in left]
        best = max(between, key=lambda i: _alike(question, known[i]), default=None)
        if best is not None and _alike(question, known[best]) >= _ALIKE:
            left.discard(best)
            found.append((question, known[best]))
    return found


def _alike(one, other):
    a, b = normalise(one.title.text)[:200], normalise(other.title.text)[:200]
    return 1 if a and b and (a in b or b in a) else SequenceMatcher(None, a, b, autojunk=False).ratio()


def left_of(entry, taken):
    """What of `entry` is left when the questions in `taken` are gone; their follow-ups move up."""
    entry.children = [rest for child in entry.children for rest in left_of(child, taken)]
    if id(entry) in taken or (entry.role != QUESTION and not entry.children):
        return entry.children
    return [entry]


def questions(entry):
    """The questions in a tree of topics, in order; follow-ups stay with theirs."""
    if entry.is_question:
        return [entry]
    return [found for child in entry.children for found in questions(child)]


def worthy(entries):
    """Without topics that hold nothing and lead nowhere."""
    return [
        entry
        for entry in entries
        if entry.is_question or entry.children or entry.title.key or entry.title.href is not None
    ]


def unwrap(entries):
    """An index's lone heading around topics is the title of the whole, not a topic."""
    lone = entries[0] if len(entries) == 1 and entries[0].role == TOPIC else None
    if lone and not lone.title.key and lone.title.href is None and any(child.role == TOPIC for child in lone.children):
        return lone.children
    return entries
