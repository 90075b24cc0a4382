"""How far a reader has come, counted per topic and rolled up the tree."""

from collections import defaultdict
from types import SimpleNamespace

from django.db.models import Count, F, Value

from progress.marks import marks_by_kind
from progress.models import Card
from progress.scheduling import LEARNT
from questions.models import Question
from questions.tree import nodes, roll_up

KINDS = ("total", "answered", "bookmarked", "drafts", "practised", "learnt")


def shelves(user, topics, questions=None):
    """`topics` as a tree, each node with `total` and the reader's counts over its branch; and the same over all."""
    roots = nodes(topics)
    totals = roll_up(roots, counts_by_topic(user, questions), KINDS)
    return roots, SimpleNamespace(**{kind: totals[kind] for kind in KINDS})


def counts_by_topic(user, questions=None):
    """Topic id → kind → number of `questions` (the live ones) that stand on the topic itself.

    One query counts all kinds.
    """
    questions = Question.objects.live() if questions is None else questions
    by_topic = questions.order_by().values("topic_id").annotate(n=Count("pk", distinct=True))
    parts = [by_topic.values_list("topic_id", Value("total"), "n")]
    if user.is_authenticated:
        learnt = Card.objects.filter(user=user, state=LEARNT)
        for mark, (rows, _since) in [*marks_by_kind(user).items(), ("learnt", (learnt, None))]:
            kind = {"drafted": "drafts"}.get(mark, mark)
            if kind not in KINDS:
                continue
            rows = rows.filter(question__in=questions).order_by().annotate(topic=F("question__topic_id"))
            parts.append(rows.values("topic").annotate(n=Count("pk")).values_list("topic", Value(kind), "n"))
    counts = defaultdict(dict)
    for topic_id, kind, n in parts[0].union(*parts[1:], all=True):
        counts[topic_id][kind] = n
    return counts
