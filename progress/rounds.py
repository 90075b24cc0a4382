"""Rounds (二刷): going through a topic once more, with the marks of the round before kept and comparable.

While a round runs, its marks are the reader's Answered rows, so every page shows them; when it ends, they become its
RoundAnswered rows.
"""

from django.db import transaction

from progress.models import Answered, Round, RoundAnswered
from progress.practising import lock
from questions.models import Question

BATCH = 500


@transaction.atomic
def begin(user, topic, number, now):
    """Begins round `number` of the topic and returns the one that runs; a second time changes nothing.

    The first time there is, what has been answered so far becomes round 1. Returns None if nothing has been.
    """
    lock(user)
    running = Round.objects.filter(user=user, topic=topic, ended_at=None).first()
    answered = list(answered_on(user, topic).order_by("created_at"))
    if running is None:
        if not answered:
            return None
        running = Round(user=user, topic=topic, number=1, started_at=answered[0].created_at)
    if number != running.number + 1:
        return running
    running.ended_at = now
    running.save()
    _put_away(running, answered)
    return Round.objects.create(user=user, topic=topic, number=number, started_at=now)


@transaction.atomic
def call_off(user, topic, number):
    """Takes the beginning of round `number` back: the marks of the round before return, those of this one stay."""
    lock(user)
    running = Round.objects.filter(user=user, topic=topic, number=number, ended_at=None).first()
    before = running and Round.objects.filter(user=user, topic=topic, number=number - 1).first()
    if before is None:
        return
    running.delete()
    _bring_back(before)
    if before.number == 1:
        before.delete()
    else:
        before.answered.all().delete()
        before.ended_at = None
        before.save(update_fields=["ended_at"])


def answered_on(user, topic):
    """The reader's Answered rows on the topic and all below it, whether it is retired or not."""
    return Answered.objects.filter(user=user, question__in=Question.objects.unmerged().in_branch(topic))


def _put_away(ended, answered):
    kept = [
        RoundAnswered(round=ended, question_id=mark.question_id, created_at=mark.created_at, checked_at=mark.checked_at)
        for mark in answered
    ]
    RoundAnswered.objects.bulk_create(kept, BATCH)
    pks = [mark.pk for mark in answered]
    for start in range(0, len(pks), BATCH):
        Answered.objects.filter(pk__in=pks[start : start + BATCH]).delete()


def _bring_back(before):
    """Of a question that was answered again in the meantime, the earlier time stands; what has been seen stays seen."""
    kept = {one.question_id: one for one in before.answered.all()}
    stand = list(Answered.objects.filter(user=before.user, question__in=list(kept)))
    for mark in stand:
        one = kept.pop(mark.question_id)
        mark.checked_at = max(at for at in (mark.created_at, mark.checked_at, one.checked_at) if at)
        mark.created_at = min(mark.created_at, one.created_at)
    Answered.objects.bulk_update(stand, ["created_at", "checked_at"], BATCH)
    back = [Answered(user=before.user, question_id=pk, checked_at=one.checked_at) for pk, one in kept.items()]
    Answered.objects.bulk_create(  # one that is set in this very moment is no obstacle
        back, BATCH, update_conflicts=True, unique_fields=["user", "question"], update_fields=["checked_at"]
    )
    for mark in back:  # making a row sets its time to now
        mark.created_at = kept[mark.question_id].created_at
    Answered.objects.bulk_update(back, ["created_at"], BATCH)
