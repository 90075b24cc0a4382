"""A mock interview from its first question to its last: who asks what, and when a turn ends.

Every verb names the Turn it is about, and does nothing where it has been done already: a double click, a second tab
and a page from before are harmless.
"""

from django.db import transaction

from progress.models import Interview, Turn
from progress.practising import lock
from progress.weak_spots import shuffled, weakest_first, weakness_of
from questions.models import Question

FOLLOW_UPS = 2  # after one main question, at most


@transaction.atomic
def begin(user, questions, now, seed, *, number, minutes, weakest=False, follow_ups=True, choice=""):
    """Starts an Interview over `number` of `questions` and asks the first; None if there are none.

    One that is still running is returned instead.
    """
    lock(user)
    if running := Interview.objects.running().filter(user=user).first():
        return running
    weakness = weakness_of(user, now) if weakest else None
    asked = whom_to_ask(questions, number, seed, weakness, follow_ups=follow_ups)
    if not asked:
        return None
    interview = Interview.objects.create(user=user, minutes=minutes, choice=choice)
    _lay_out(interview, asked)
    _ask_next(interview, now)
    return interview


def whom_to_ask(questions, number, seed, weakness=None, *, follow_ups=True):
    """Pairs of a main question and its follow-ups, as primary keys, in the order in which they are asked.

    `weakness` (question id → 0 to 1) puts the weakest first; without it `seed` alone decides. A follow-up makes sense
    only after the question it follows, so that one is asked for it; without `follow_ups` those are left out.
    """
    below = main_questions()
    pks = [pk for pk in questions.order_by().values_list("pk", flat=True) if follow_ups or pk not in below]
    order = shuffled(pks, seed) if weakness is None else weakest_first(pks, weakness, seed)
    rank = {pk: n for n, pk in enumerate(order)}
    mains = list(dict.fromkeys(below.get(pk, pk) for pk in order))[:number]
    following = {main: [] for main in mains}
    for pk, main in below.items():
        if follow_ups and main in following and pk != main:
            following[main].append(pk)
    return [(main, _of_most_interest(following[main], rank)) for main in mains]


def _of_most_interest(follow_ups, rank):
    """A few of them, still in reading order."""
    last = len(rank)
    best = sorted(follow_ups, key=lambda pk: rank.get(pk, last))[:FOLLOW_UPS]
    return [pk for pk in follow_ups if pk in best]


def main_questions():
    """Live follow-up → the live question at the top of those it follows, in reading order."""
    live = Question.objects.live()
    rows = live.filter(parent__in=live).in_reading_order().values_list("pk", "parent_id")
    parents = dict(rows)
    return {pk: _top(pk, parents) for pk in parents}


def _top(pk, parents):
    seen = set()
    while pk in parents and pk not in seen:
        seen.add(pk)
        pk = parents[pk]
    return pk


def _lay_out(interview, asked):
    """One Turn after the other, nothing asked yet."""
    mains, following, position = [], [], 0
    for question_id, follow_ups in asked:
        main = Turn(interview=interview, question_id=question_id, position=(position := position + 1))
        mains.append(main)
        for follow_up in follow_ups:
            following.append((main, follow_up, position := position + 1))
    Turn.objects.bulk_create(mains)
    Turn.objects.bulk_create(
        Turn(interview=interview, question_id=question_id, position=position, follows=main)
        for main, question_id, position in following
    )


@transaction.atomic
def go_on(turn, now):
    """Ends this turn and asks the next question; after the last one the interview is finished."""
    interview = _locked(turn)
    if Turn.objects.filter(pk=turn.pk, ended_at=None).update(ended_at=now) and not interview.finished_at:
        _ask_next(interview, now)


@transaction.atomic
def finish(turn, now):
    """Ends the interview in the middle of this turn; what was not asked stays unasked."""
    interview = _locked(turn)
    if not interview.finished_at:
        interview.turns.asked().filter(ended_at=None).update(ended_at=now)
        _close(interview, now)


def _ask_next(interview, now):
    following = interview.turns.waiting().first()
    if following is None:
        return _close(interview, now)
    following.asked_at = now
    following.save(update_fields=["asked_at"])


def _close(interview, now):
    interview.finished_at = now
    interview.save(update_fields=["finished_at"])


def _locked(turn):
    return Interview.objects.select_for_update().get(pk=turn.interview_id)


def numbered(turns):
    """Lays `.number` onto each: "2", and "2.1" for what follows it."""
    main = below = 0
    for turn in turns:
        main, below = (main, below + 1) if turn.follows_id else (main + 1, 0)
        turn.number = f"{main}.{below}" if below else str(main)
    return turns
