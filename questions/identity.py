"""Who is who: recognises the questions of an earlier import in a new one. Pure; guesses are proposed, never applied."""

from collections import defaultdict
from dataclasses import dataclass
from hashlib import blake2b

from questions.markdown.reading.titles import normalise

SAME_ANSWER_LEAST = 20  # letters and digits: shorter answers ("yes", "see above") say nothing about identity
SIMILAR = 0.6


@dataclass(frozen=True, slots=True)
class Known:
    """What identity needs to know of a thing, whether it stands in the notes or in the database."""

    key: str
    place: tuple  # file and normalised trail
    title: str  # normalised
    answer: str = ""  # digest, "" where there is none worth comparing
    is_live: bool = True


def digest(answer):
    """Tells whether two answers have the same letters and digits; "" for one too short to tell anything."""
    bare = normalise.__wrapped__(answer)  # past its memory, which is for titles
    return blake2b(bare.encode(), digest_size=16).hexdigest() if len(bare) >= SAME_ANSWER_LEAST else ""


def fingerprint(title, answer, text=""):
    """Changes whenever a word of title, answer or of the text between them does."""
    return blake2b("\x00".join([title, answer, *([text] if text else [])]).encode(), digest_size=16).hexdigest()


def place(file, trail):
    return (file, *(normalise(title) for title in trail))


def recognise(new, old):
    """Which `new` is which `old` (both lists of Known): a dict of indexes, {new: old}.

    The rungs, each over what the ones above have left: same explicit key › same place and title › same title elsewhere
    › same answer under a new title, if only one pair has it. Twins are told apart by their answers, then by order.
    """
    climb = _Climb(new, old)
    climb.rung(lambda one: one.key or None)
    climb.rung(lambda one: (one.place, one.title, one.answer))
    climb.rung(lambda one: (one.place, one.title))
    climb.rung(lambda one: (one.title, one.answer) if one.answer else None)
    climb.rung(lambda one: (one.place[0], one.title))
    climb.rung(lambda one: one.title)
    climb.rung(lambda one: one.answer or None, only_pairs=True)
    return climb.matches


class _Climb:
    def __init__(self, new, old):
        self.new, self.old = new, old
        self.matches = {}
        self.left_new = list(range(len(new)))
        self.left_old = sorted(range(len(old)), key=lambda i: not old[i].is_live)

    def rung(self, trait, *, only_pairs=False):
        """Matches those left that share a trait, in order."""
        if not self.left_new or not self.left_old:
            return
        groups = defaultdict(list)
        for i in self.left_old:
            value = trait(self.old[i])
            if value is not None:
                groups[value].append(i)
        seekers = defaultdict(list)
        for i in self.left_new:
            value = trait(self.new[i])
            if value in groups:
                seekers[value].append(i)
        found = {}
        for value, waiting in seekers.items():
            if not only_pairs or len(waiting) == len(groups[value]) == 1:
                found.update(zip(waiting, groups[value], strict=False))
        self.matches |= found
        taken = set(found.values())
        self.left_new = [i for i in self.left_new if i not in found]
        self.left_old = [i for i in self.left_old if i not in taken]


def propose(new, old):
    """Which of the `new` might be a renamed `old`, by their titles: (new index, old index, score 0–1), best first.

    `new` and `old` are lists of (index, title). Each side is named once at most; nothing of it is ever applied.
    """
    postings = defaultdict(list)
    for j, title in old:
        for gram in _grams(title):
            postings[gram].append(j)
    sizes = {j: len(_grams(title)) for j, title in old}
    scored = []
    for i, title in new:
        shared = defaultdict(int)
        grams = _grams(title)
        for gram in grams:
            if len(postings[gram]) <= 200:  # a gram that stands everywhere tells nothing, and would cost the square
                for j in postings[gram]:
                    shared[j] += 1
        scored += [(score, i, j) for j, n in shared.items() if (score := 2 * n / (len(grams) + sizes[j])) >= SIMILAR]
    named_new, named_old, proposals = set(), set(), []
    for score, i, j in sorted(scored, key=lambda row: (-row[0], row[1], row[2])):
        if i not in named_new and j not in named_old:
            named_new.add(i)
            named_old.add(j)
            proposals.append((i, j, round(score, 2)))
    return proposals


def _grams(title):
    bare = normalise(title)
    return {bare[i : i + 2] for i in range(max(1, len(bare) - 1))}
