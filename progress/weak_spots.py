"""Which questions a reader knows least, from what they have practised and how they rated themselves.

The weakest first: what is likely to be forgotten, and what went badly of late. Then what was never answered; last what
stands firm.
"""

from datetime import timedelta
from hashlib import blake2b

from progress.models import Answered, Card, Review, Turn
from progress.scheduling import chance

LATELY = timedelta(days=60)
NEVER_ANSWERED = 0.3  # as weak as what would be recalled seven times of ten
BY_RATING = {Review.Rating.AGAIN: 0.9, Review.Rating.HARD: 0.6, Review.Rating.GOOD: 0.0, Review.Rating.EASY: 0.0}


def weakest_first(pks, weakness, seed):
    """Primary keys of questions in order; `seed` decides between those that are equally weak.

    `weakness` maps a primary key to a number from 0 (firm) to 1; what is not in it was never answered.
    """
    return sorted(pks, key=lambda pk: (-weakness.get(pk, NEVER_ANSWERED), place(pk, seed)))


def shuffled(pks, seed):
    return sorted(pks, key=lambda pk: place(pk, seed))


def place(pk, seed):
    """Looks like chance, and is the same for the same seed."""
    return blake2b(f"{seed}:{pk}".encode(), digest_size=8).digest()


def weakness_of(user, now):
    """Question id → how weak it is, from 0 to 1, for each question of which the reader has said anything."""
    weakness = dict.fromkeys(Answered.objects.filter(user=user).values_list("question_id", flat=True), 0.0)
    weakness |= how_it_went(user, now)
    cards = Card.objects.filter(user=user).order_by().values_list("question_id", "stability", "reviewed_at")
    for question_id, stability, reviewed_at in cards:
        forgotten = 1 - chance(stability, reviewed_at, now)
        weakness[question_id] = max(forgotten, weakness.get(question_id, 0.0))
    return weakness


def how_it_went(user, now):
    """Question id → how badly it went the last time, if that was lately, whether in practice or in an interview."""
    since = now - LATELY
    reviews = Review.objects.filter(user=user, at__gte=since).counted().order_by("at", "pk")
    turns = Turn.objects.rated().filter(interview__user=user, ended_at__gte=since).order_by("ended_at", "pk")
    went = [(at, pk, BY_RATING[rating]) for pk, rating, at in reviews.values_list("question_id", "rating", "at")]
    for pk, at, *ratings in turns.values_list("question_id", "ended_at", "correct", "complete", "clear"):
        went.append((at, pk, (5 - sum(ratings) / len(ratings)) / 4))
    return {pk: how for _at, pk, how in sorted(went)}
