"""The log of reviews, and the cards that are made of it."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from progress.habits import keep
from progress.merging import merge, undo
from progress.models import Card, Habits, Review
from progress.practising import FACTS, rate, refold, reschedule, take_back

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
DAY = timedelta(days=1)


def facts(card):
    return {name: getattr(card, name) for name in FACTS}


@pytest.fixture
def question(make_question):
    return make_question()


def test_a_rating_is_logged_and_makes_a_card(bo, question):
    rate(bo, question, GOOD, NOON, uuid4(), seconds=40)
    review = Review.objects.get()
    assert (review.user, review.rating, review.at, review.seconds) == (bo, GOOD, NOON, 40)
    card = Card.objects.get(user=bo, question=question)
    assert card.started_at == card.reviewed_at == NOON
    assert card.due > NOON + DAY


def test_a_second_sending_is_not_a_second_review(bo, question):
    event = UUID(int=7)
    first = rate(bo, question, GOOD, NOON, event)
    card = facts(Card.objects.get())
    assert rate(bo, question, AGAIN, NOON + DAY, event) == first
    assert Review.objects.count() == 1
    assert facts(Card.objects.get()) == card


def test_two_readers_may_send_the_same_event(bo, cy, question):
    rate(bo, question, GOOD, NOON, UUID(int=7))
    rate(cy, question, AGAIN, NOON, UUID(int=7))
    assert Review.objects.count() == Card.objects.count() == 2


def test_what_was_done_offline_counts_when_it_was_done(bo, question, make_question):
    """A review of the morning arrives after that of the evening: the card is the same as in order."""
    other = make_question()
    for at, rating in ((NOON, AGAIN), (NOON + 3 * DAY, GOOD)):
        rate(bo, other, rating, at, uuid4())
    for at, rating in ((NOON + 3 * DAY, GOOD), (NOON, AGAIN)):
        rate(bo, question, rating, at, uuid4())
    mine, other = (Card.objects.get(question=one) for one in (question, other))
    assert facts(mine) == facts(other)


def test_taking_back_leaves_the_log_and_restores_the_card(bo, question):
    rate(bo, question, GOOD, NOON, uuid4())
    before = facts(Card.objects.get())
    slip = rate(bo, question, AGAIN, NOON + 3 * DAY, uuid4())
    assert facts(Card.objects.get()) != before
    take_back(slip)
    take_back(slip)
    assert facts(Card.objects.get()) == before
    assert Review.objects.count() == 2
    assert Review.objects.counted().count() == 1


def test_taking_back_the_only_review_leaves_no_card(bo, question):
    take_back(rate(bo, question, GOOD, NOON, uuid4()))
    assert not Card.objects.exists()


def test_taking_back_what_a_merge_has_moved_meanwhile(bo, cleo, question, make_question):
    review = rate(bo, question, GOOD, NOON, uuid4())
    merge(make_question(), question, cleo)
    take_back(review)
    assert not Card.objects.exists()


def test_a_zone_chosen_on_another_device_counts_at_once(bo, question):
    here = get_user_model().objects.get(pk=bo.pk)
    keep(bo, "Pacific/Kiritimati")
    rate(here, question, EASY, NOON, uuid4())
    assert Card.objects.get().due.astimezone(ZoneInfo("Pacific/Kiritimati")).hour == 0


def test_of_two_zones_chosen_at_once_the_later_moves_the_cards(bo, question):
    rate(bo, question, EASY, NOON, uuid4())
    there = get_user_model().objects.get(pk=bo.pk)
    keep(there, "Pacific/Kiritimati")
    keep(bo, "")
    assert refold(get_user_model().objects.get(pk=bo.pk)) == 0


def test_new_habits_move_every_card(bo, make_question):
    cards = [rate(bo, make_question(), EASY, NOON, uuid4()) for _ in range(9)]
    far = Card.objects.order_by("due").last().due
    Habits.objects.create(user=bo, interview_on=(NOON + 5 * DAY).date())
    reschedule(bo)
    dues = set(Card.objects.values_list("due", flat=True))
    assert len(cards) == 9
    assert max(dues) < NOON + 5 * DAY < far
    assert len(dues) > 1


def test_rebuilt_cards_are_the_same(bo, cy, make_question, capsys):
    for n in range(4):
        question = make_question()
        for reader in (bo, cy):
            for step in range(n + 1):
                rate(reader, question, 1 + (n + step) % 4, NOON + step * n * DAY, uuid4())
    Habits.objects.create(user=cy, retention=0.95)
    reschedule(cy)
    before = {card.pk: facts(card) for card in Card.objects.all()}
    call_command("rebuild_cards")
    assert "8 cards made anew from 20 reviews: 0 differed." in capsys.readouterr().out
    assert {card.pk: facts(card) for card in Card.objects.all()} == before


def test_a_card_that_went_wrong_is_mended(bo, cy, question, make_question, capsys):
    rate(bo, question, GOOD, NOON, uuid4())
    before = facts(Card.objects.get())
    Card.objects.update(stability=1.5)
    lost = make_question()
    rate(cy, lost, GOOD, NOON, uuid4())
    Card.objects.filter(user=cy).delete()
    call_command("rebuild_cards")
    assert "2 differed" in capsys.readouterr().out
    assert facts(Card.objects.get(user=bo)) == before
    assert Card.objects.filter(user=cy, question=lost).exists()


steps = st.lists(
    st.tuples(st.sampled_from([AGAIN, HARD, GOOD, EASY]), st.integers(-2000, 40_000), st.booleans()), max_size=12
)


@pytest.mark.django_db(transaction=False)
@settings(max_examples=25, deadline=None)
@given(steps)
def test_cards_always_follow_from_the_log(steps):
    """Whatever was rated when, in whatever order it came, and what of it was taken back."""
    from django.contrib.auth import get_user_model
    from django.db import transaction

    from questions.models import Question, Topic

    with transaction.atomic():
        reader = get_user_model().objects.create_user("reader")
        shelf = Topic.objects.create(key="k", slug="k", titles={"en": "K"})
        question = Question.objects.create(key="q", topic=shelf, titles={"en": "Q"})
        at = NOON
        for rating, minutes, is_slip in steps:
            at += timedelta(minutes=minutes)
            review = rate(reader, question, rating, at, uuid4())
            if is_slip:
                take_back(review)
        assert refold(reader) == 0
        transaction.set_rollback(True)


def test_a_merge_makes_one_memory_of_two_and_two_of_it_again(bo, cleo, make_question):
    kept, gone, alike = make_question(), make_question(), make_question()
    for question, rating, at in ((kept, GOOD, NOON), (gone, AGAIN, NOON + DAY), (kept, GOOD, NOON + 4 * DAY)):
        rate(bo, question, rating, at, uuid4())
        rate(bo, alike, rating, at, uuid4())
    before = {question.pk: facts(Card.objects.get(question=question)) for question in (kept, gone)}
    done = merge(kept, gone, cleo)
    assert facts(Card.objects.get(question=kept)) == facts(Card.objects.get(question=alike))
    assert not Card.objects.filter(question=gone).exists()
    undo(done, cleo)
    assert {question.pk: facts(Card.objects.get(question=question)) for question in (kept, gone)} == before


def test_a_rating_that_comes_just_after_a_merge_counts_where_the_question_went(bo, cleo, make_question):
    kept, gone = make_question(), make_question()
    merge(kept, gone, cleo)
    rate(bo, gone, GOOD, NOON, uuid4())
    assert Card.objects.get().question == kept
    assert Review.objects.get().question == kept
