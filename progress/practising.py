"""What follows when a reader recalls a question: a Review in the log, and the Card that is made of it.

The log is the truth: two devices at once both leave their Review, and a Card can be made anew from it at any time.
"""

from datetime import timedelta
from itertools import groupby

from django.contrib.auth import get_user_model
from django.db import transaction

from accounts.zones import day_of, zone_of
from progress.models import Card, Habits, Review, Undo
from progress.scheduling import LEARNT, Memory, Wishes, due_at, recall, remember
from questions.models import Question

FACTS = ["state", "step", "stability", "difficulty", "started_at", "reviewed_at", "due"]
BATCH = 500
MOST_EXTRA = 500
SOON = timedelta(hours=1)


def habits_of(user):
    """The reader's Habits: their row, or the defaults in one that is not saved."""
    return Habits.objects.filter(user=user).first() or Habits(user=user)


def figures_of(user):
    """Name of each of the FIGURES → whether it is shown to `user`; one query, for who is signed in."""
    return (habits_of(user) if user.is_authenticated else Habits()).figures


def wishes_of(user, habits):
    return Wishes(zone_of(user), habits.retention, habits.interview_on)


@transaction.atomic
def rate(user, question, rating, at, event, seconds=None):
    """Logs one act of recalling and returns its Review; the same `event` a second time changes nothing."""
    lock(user)
    said = {"question": question, "rating": rating, "at": at, "seconds": seconds}
    review, is_new = Review.objects.get_or_create(user=user, event=event, defaults=said)
    if is_new:
        question = _where_it_went(review)
        card = Card.objects.filter(user=user, question=question).first()
        if card and card.reviewed_at <= at:
            renew(card, recall(memory_of(card), rating, at), wishes_of(user, habits_of(user)))
            card.save(update_fields=FACTS)
        else:
            refold(user, [question.pk])
    return review


def _where_it_went(review):
    """Its question, which the review now holds; if that was merged into another just before, the review follows."""
    found = Question.objects.at(review.question_id).get()
    if found.pk != review.question_id:
        review.question = found
        review.save(update_fields=["question"])
    return found


def outlook(user, question, now):
    """What each rating would bring: (Rating, in how many days it comes back; 0: in minutes)."""
    card = Card.objects.filter(user=user, question=question).first()
    memory, wishes = card and memory_of(card), wishes_of(user, habits_of(user))
    today = day_of(now, wishes.zone)
    dues = [(rating, due_at(recall(memory, rating, now), wishes, question.pk)) for rating in Review.Rating]
    return [(rating, (day_of(due, wishes.zone) - today).days if due - now >= SOON else 0) for rating, due in dues]


@transaction.atomic
def take_back(review):
    """The Review stays in the log and counts no more; a second time changes nothing."""
    lock(review.user)
    review = Review.objects.select_for_update(no_key=True).get(pk=review.pk)  # a merge may have moved it meanwhile
    _undo, is_new = Undo.objects.get_or_create(review=review)
    if is_new:
        refold(review.user, [review.question_id])


@transaction.atomic
def want_more(user, more, day):
    """Widens the limit of `day`, and of no other."""
    lock(user)
    habits = habits_of(user)
    habits.extra = min(MOST_EXTRA, more + (habits.extra if habits.extra_on == day else 0))
    habits.extra_on = day
    habits.save()


@transaction.atomic
def show_figure(user, name, is_shown):
    """Shows one of the FIGURES, or hides it; a second time changes nothing."""
    lock(user)
    habits = habits_of(user)
    if habits.figures[name] != is_shown:
        others = [other for other in habits.hidden if other != name]
        habits.hidden = others if is_shown else [*others, name]
        habits.save()


@transaction.atomic
def reschedule(user):
    """After the Habits changed: every Card of the reader gets the day that follows from them now.

    Returns how many were given another one.
    """
    lock(user)
    wishes = wishes_of(user, habits_of(user))
    changed = []
    for card in Card.objects.filter(user=user):
        due = due_at(memory_of(card), wishes, card.question_id)
        if due != card.due:
            card.due = due
            changed.append(card)
    return Card.objects.bulk_update(changed, ["due"], BATCH)


def refold(user, question_ids=None):
    """Makes the Cards of these questions (all, by default) anew from the log; returns how many differed."""
    mine = Card.objects.filter(user=user)
    log = Review.objects.filter(user=user).counted()
    if question_ids is not None:
        mine, log = mine.filter(question__in=question_ids), log.filter(question__in=question_ids)
    stand = {card.question_id: card for card in mine}
    made = {card.question_id: card for card in cards_from(user, log, wishes_of(user, habits_of(user)))}
    gone = [card.pk for question_id, card in stand.items() if question_id not in made]
    changed = [card for question_id, card in made.items() if not is_equal(stand.get(question_id), card)]
    Card.objects.bulk_create(
        changed, BATCH, update_conflicts=True, unique_fields=["user", "question"], update_fields=FACTS
    )
    for start in range(0, len(gone), BATCH):
        Card.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    return len(changed) + len(gone)


def cards_from(user, log, wishes):
    """One Card, not saved, for each question of `log`, a queryset of the reader's Reviews."""
    rows = log.order_by("question_id", "at", "pk").values_list("question_id", "rating", "at")
    for question_id, reviews in groupby(rows, key=lambda row: row[0]):
        history = [(rating, at) for _question, rating, at in reviews]
        card = Card(user=user, question_id=question_id, started_at=history[0][1])
        renew(card, remember(history), wishes)
        yield card


def is_equal(card, other):
    return card is not None and all(getattr(card, name) == getattr(other, name) for name in FACTS)


def memory_of(card):
    again_at = None if card.state == LEARNT else card.due
    return Memory(card.state, card.step, card.stability, card.difficulty, card.reviewed_at, again_at)


def renew(card, memory, wishes):
    """What a Card says after a review."""
    card.state, card.step = memory.state, memory.step
    card.stability, card.difficulty = memory.stability, memory.difficulty
    card.reviewed_at, card.due = memory.reviewed_at, due_at(memory, wishes, card.question_id)


def lock(user):
    """One after the other, for one reader: of two devices at once the second sees what the first has logged.

    And their time zone as it is then: it says when a Card is due.
    """
    rows = get_user_model().objects.select_for_update(no_key=True)
    user.refresh_from_db(fields=["time_zone"], from_queryset=rows)
