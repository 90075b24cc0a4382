"""Finds questions of different sources that may be one. It only proposes: a curator decides, and that is remembered."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from django.db import transaction

from questions.markdown.reading.titles import normalise
from questions.models import MergeProposal, Note, Question

Reason = MergeProposal.Reason
BATCH = 500
BOILERPLATE = 5  # a title that one source uses more often ("Summary") says nothing about identity
FEW = 8  # of more that are equal, each is proposed with the first only
RARE = 25  # a word in more titles than this leads to none in particular
WORDS_TRIED = 4  # the rarest of a title
SIMILAR = 0.7
_WORD = re.compile(r"[\u3400-\u9fff]+|[^\W_\u3400-\u9fff]+")


@dataclass(slots=True)
class Asked:
    """What a live note says, as far as it tells whether two questions are one."""

    question: int
    source: int
    language: str
    title: str
    digest: str = ""


def propose_merges(source=None):
    """Lays down what waits for a curator's decision, for `source` only or for all; returns how many pairs are new."""
    if source is not None and not _others_speak(source):
        return 0
    notes = Note.objects.live().filter(question__in=Question.objects.live()).order_by("question_id", "pk")
    facts = notes.values_list("question_id", "source_id", "language", "title", "answer_digest")
    asked = [Asked(*values) for values in facts.iterator(chunk_size=5000)]
    found = find_pairs(asked, source and source.pk)
    scope = None if source is None else {one.question for one in asked if one.source == source.pk}
    with transaction.atomic():
        return _lay_down(found, scope)


def find_pairs(asked, source_id=None):
    """(first, second) → (reason, score): pairs of questions, or only those that involve one source. Pure."""
    sources = defaultdict(set)
    for one in asked:
        sources[one.question].add(one.source)
    titles = _equal(asked, lambda one: normalise(one.title), sources)
    answers = _equal(asked, lambda one: one.digest, sources)
    found = dict.fromkeys(answers, (Reason.SAME_ANSWER, 1.0))
    found |= {pair: (Reason.SAME if pair in found else Reason.SAME_TITLE, 1.0) for pair in titles}
    paired = {question for pair in found for question in pair}
    found |= _similar([one for one in asked if one.question not in paired], sources, source_id)
    if source_id is None:
        return found
    return {pair: why for pair, why in found.items() if any(source_id in sources[question] for question in pair)}


def _equal(asked, trait, sources):
    """Pairs of different sources that share a trait in one language."""
    groups = defaultdict(dict)
    for one in asked:
        if value := trait(one):
            groups[one.language, value][one.question] = True
    pairs = set()
    for group in groups.values():
        if len(group) > 1:
            pairs.update(_across(list(group), sources))
    return pairs


def _across(group, sources):
    times = Counter(source for question in group for source in sources[question])
    if len(times) == 1 or max(times.values()) > BOILERPLATE:
        return
    pairs = combinations(group, 2) if len(group) <= FEW else ((group[0], other) for other in group[1:])
    for first, second in pairs:
        if sources[first].isdisjoint(sources[second]):
            yield (min(first, second), max(first, second))


def _similar(asked, sources, source_id):
    """Titles that share most of their words, found by the rare ones; each question is named once at most.

    The words of a title are made anew wherever they are needed: those of 100,000 titles would not fit in little memory.
    """
    spread = Counter((one.language, word) for one in asked for word in _words(one.title))
    postings = defaultdict(list)
    for one in asked:
        rare = sorted((spread[one.language, word], word) for word in _words(one.title))
        for times, word in rare[:WORDS_TRIED]:
            if 1 < times <= RARE:
                postings[one.language, word].append(one)
    scored = {}
    for together in postings.values():
        for first, second in combinations(together, 2):
            if source_id is not None and source_id not in (first.source, second.source):
                continue
            pair = tuple(sorted((first.question, second.question)))
            if pair not in scored and sources[first.question].isdisjoint(sources[second.question]):
                score = _likeness(first.title, second.title)
                if score >= SIMILAR:
                    scored[pair] = score
    return _best(scored)


def _likeness(title, other):
    """0–1; 0 if the titles are the same but for markup and the like: boilerplate, or they would be paired already."""
    if normalise(title) == normalise(other):
        return 0
    words, others = _words(title), _words(other)
    return 2 * len(words & others) / (len(words) + len(others))


def _best(scored):
    named, found = set(), {}
    for pair, score in sorted(scored.items(), key=lambda row: (-row[1], row[0])):
        if named.isdisjoint(pair):
            named.update(pair)
            found[pair] = (Reason.SIMILAR, round(score, 2))
    return found


@lru_cache(maxsize=10_000)
def _words(title):
    """Words, and of Chinese, which has no spaces, every two characters that stand together."""
    words = set()
    for word in _WORD.findall(title.casefold()):
        if word[0] < "\u3400" or word[0] > "\u9fff" or len(word) == 1:
            words.add(word)
        else:
            words.update(word[i : i + 2] for i in range(len(word) - 1))
    return words


def _others_speak(source):
    return Note.objects.live().filter(language=source.language).exclude(source=source).exists()


def _lay_down(found, scope):
    """Writes the pairs that are new; what waits and is not found any more goes. Decisions stay."""
    decided, waiting = _standing()
    new = [pair for pair in found if pair not in decided]
    rows = [
        MergeProposal(first_id=first, second_id=second, reason=found[first, second][0], score=found[first, second][1])
        for first, second in new
    ]
    facts = {"unique_fields": ["first", "second"], "update_fields": ["reason", "score"]}
    MergeProposal.objects.bulk_create(rows, BATCH, update_conflicts=True, **facts)
    gone = [pk for pair, pk in waiting.items() if pair not in found and (scope is None or not scope.isdisjoint(pair))]
    for start in range(0, len(gone), BATCH):
        MergeProposal.objects.filter(pk__in=gone[start : start + BATCH], decided_at=None).delete()
    return sum(pair not in waiting for pair in new)


def _standing():
    """The pairs that are decided, each as the questions that they have become since, and pair → pk of the others."""
    decided, waiting = set(), {}
    names = ("pk", "first_id", "second_id", "first__merged_into_id", "second__merged_into_id", "decided_at")
    for pk, first, second, first_now, second_now, decided_at in MergeProposal.objects.values_list(*names):
        if decided_at:
            decided |= {(first, second), tuple(sorted((first_now or first, second_now or second)))}
        else:
            waiting[first, second] = pk
    return decided, waiting
