"""Bringing to an account what a browser has kept without one: union, and nothing is lost or doubled."""

import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from progress.models import Answered, Bookmark, Card, Draft, Review

EARLIER = datetime(2026, 1, 5, 8, tzinfo=UTC)
LATER = datetime(2026, 2, 5, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def send(signed_in, bo):
    """send(kept, add=True): Bo's browser sends it, as a script does; returns the Additions, or the response."""
    browser = signed_in(bo)

    def post(kept, add=True, status=200):
        form = {"kept": kept if isinstance(kept, str) else json.dumps(kept), **({"add": "on"} if add else {})}
        response = browser.post("/me/bring/", form, HTTP_HX_REQUEST="true")
        assert response.status_code == status
        return response.context["additions"] if status == 200 else response

    return post


def mark(question, at=LATER):
    return {"question": getattr(question, "pk", question), "at": at.isoformat()}


def draft(question, text, at=LATER):
    return mark(question, at) | {"text": text}


def rated(question, rating=3, at=LATER, **facts):
    return mark(question, at) | {"rating": rating, "event": str(uuid4()), "seconds": 12} | facts


def everything(user):
    """All that bringing can write, to be compared."""
    return {
        model: list(model.objects.filter(user=user).order_by("pk").values())
        for model in (Answered, Bookmark, Draft, Review, Card)
    }


# --- The page ----------------------------------------------------------------------------------------------------


def test_page_for_everybody(client, signed_in, bo):
    assert "/accounts/signup/?next=/me/bring/" in client.get("/me/bring/").content.decode()
    assert "data-bring-result" in signed_in(bo).get("/me/bring/").content.decode()


def test_signed_out_meanwhile(client, db):
    response = client.post("/me/bring/", {"kept": "{}"}, HTTP_HX_REQUEST="true")
    assert (response.status_code, Review.objects.count()) == (401, 0)
    assert client.post("/me/bring/", {"kept": "{}"}).url == "/accounts/login/?next=/me/bring/"


# --- Adding ------------------------------------------------------------------------------------------------------


def test_preview_writes_nothing_and_says_what_comes(send, bo, make_question):
    one, two = make_question(), make_question("Why manes?")
    kept = {"answered": [mark(one), mark(two)], "bookmarked": [mark(one)], "ratings": [rated(two)]}
    kept["drafts"] = [draft(one, "Flies.")]
    before = everything(bo)
    planned = send(kept, add=False)
    assert planned.counts == {"answered": 2, "bookmarked": 1, "drafts": 1}
    assert (len(planned.ratings), planned.adds) == (1, 5)
    assert everything(bo) == before
    assert send(kept).counts == planned.counts


def test_everything_arrives_with_its_time(send, bo, question):
    event = str(uuid4())
    kept = {"answered": [mark(question, EARLIER)], "bookmarked": [mark(question)]}
    send(kept | {"drafts": [draft(question, "Flies.")], "ratings": [rated(question, 1, event=event)]})
    assert Answered.objects.get(user=bo).created_at == EARLIER
    assert Bookmark.objects.get(user=bo).created_at == LATER
    mine = Draft.objects.get(user=bo)
    assert (mine.text, mine.version, mine.updated_at) == ("Flies.", 1, LATER)
    review = Review.objects.get(user=bo)
    assert (review.rating, review.at, review.seconds, str(review.event)) == (1, LATER, 12, event)
    assert Card.objects.get(user=bo).reviewed_at == LATER


def test_twice_is_harmless(send, bo, make_question):
    one, two = make_question(), make_question("Why manes?")
    Draft.objects.create(user=bo, question=one, text="Mine.")
    kept = {"answered": [mark(one)], "drafts": [draft(one, "Flies."), draft(two, "Warm.")], "ratings": [rated(one)] * 2}
    send(kept)
    after = everything(bo)
    again = send(kept)
    assert (again.adds, everything(bo)) == (0, after)
    assert again.there == 5


def test_newest_wins(send, bo, make_question):
    one, two = make_question(), make_question("Why manes?")
    for question in (one, two):
        Answered.objects.create(user=bo, question=question)
        Answered.objects.filter(question=question).update(created_at=datetime(2026, 1, 20, tzinfo=UTC))
    send({"answered": [mark(one, EARLIER), mark(two, LATER)]})
    times = dict(Answered.objects.filter(user=bo).values_list("question", "created_at"))
    assert times == {one.pk: datetime(2026, 1, 20, tzinfo=UTC), two.pk: LATER}


def test_differing_drafts_are_both_kept(send, bo, question):
    Draft.objects.create(user=bo, question=question, text="Camouflage.", version=4)
    assert send({"drafts": [draft(question, "Flies.")]}).joined == 1
    mine = Draft.objects.get(user=bo)
    assert mine.text.startswith("Camouflage.\n\n*")
    assert mine.text.endswith("*\n\nFlies.")
    assert mine.version == 5


def test_draft_that_is_found_again(send, signed_in, bo, question):
    send({"drafts": [draft(question, "Tsetse bite less.")]})
    assert "Tsetse" in signed_in(bo).get("/search/?q=tsetse").content.decode()


def test_rating_between_two_others_counts_when_it_was_made(send, bo, question):
    send({"ratings": [rated(question, 3, LATER)]})
    send({"ratings": [rated(question, 1, EARLIER)]})
    card = Card.objects.get(user=bo)
    assert (card.started_at, card.reviewed_at) == (EARLIER, LATER)


def test_nothing_of_anothers_is_touched(send, cy, question):
    Answered.objects.create(user=cy, question=question)
    Draft.objects.create(user=cy, question=question, text="Hers.")
    before, event = everything(cy), str(uuid4())
    Review.objects.create(user=cy, question=question, rating=1, at=EARLIER, event=event)
    send({"answered": [mark(question)], "drafts": [draft(question, "His.")], "ratings": [rated(question, event=event)]})
    assert everything(cy) | {Review: []} == before
    assert Review.objects.filter(event=event).count() == 2


@pytest.mark.parametrize(("days", "expected"), [(366, "now"), (-366 * 20, datetime(2020, 1, 1, tzinfo=UTC))])
def test_clock_that_is_wrong(send, bo, question, days, expected):
    before = timezone.now()
    send({"answered": [mark(question, before + timedelta(days=days))]})
    at = Answered.objects.get(user=bo).created_at
    assert before <= at <= timezone.now() if expected == "now" else at == expected


# --- Questions that are not what they were -----------------------------------------------------------------------


def test_unknown_question(send, bo, question):
    made = send({"answered": [mark(987_654)], "drafts": [draft(987_655, "Lost?")], "bookmarked": [mark("no-such")]})
    assert (made.adds, made.unknown, [one.text for one in made.left]) == (0, 3, ["Lost?"])
    assert not Answered.objects.exists()


def test_draft_without_a_place_stays_in_the_browser_and_is_shown(send, signed_in, bo):
    kept = json.dumps({"drafts": [draft(987_655, "<b>Lost?</b>"), draft('"]x', "Odd.")]})
    response = signed_in(bo).post("/me/bring/", {"kept": kept, "add": "on"})
    assert json.loads(response.context["additions"].names_left) == ["987655", '"]x']
    assert "&lt;b&gt;Lost?" in response.content.decode()


def test_question_by_its_key(send, bo, question):
    send({"answered": [mark(question.key)]})
    assert Answered.objects.get(user=bo).question == question


def test_question_that_is_retired_by_now(send, signed_in, bo, question):
    question.retired_at = timezone.now()
    question.save()
    assert send({"answered": [mark(question)]}).retired == {question.pk}
    assert signed_in(bo).get(question.get_absolute_url()).status_code == 200


def test_question_that_was_merged(send, bo, make_question):
    stays, goes = make_question(), make_question("Why the stripes?")
    goes.merged_into = stays
    goes.save()
    made = send({"answered": [mark(goes), mark(stays)], "drafts": [draft(goes, "One."), draft(stays, "Two.")]})
    assert (made.counts["answered"], made.joined) == (1, 1)
    assert Answered.objects.get(user=bo).question == stays
    first, _line, second = Draft.objects.get(user=bo, question=stays).text.split("\n\n")
    assert (first, second) == ("One.", "Two.")


def test_drafts_that_are_too_long_together(send, bo, question, settings):
    settings.TEXT_LIMIT = 100
    Draft.objects.create(user=bo, question=question, text="a" * 80)
    assert len(send({"drafts": [draft(question, "b" * 80)]}).left) == 1
    assert Draft.objects.get(user=bo).text == "a" * 80


# --- Forged ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kept", ["", "x", "[]", "[" * 9999, '{"answered": 1}', '{"drafts": [{}]}', " " * 1_000_001])
def test_refused(send, bo, kept):
    send(kept, status=400)
    assert not any(everything(bo).values())


def test_one_forged_entry_refuses_all(send, bo, question):
    send({"answered": [mark(question)], "ratings": [rated(question, 5)]}, status=400)
    assert not any(everything(bo).values())


def test_huge(send, bo):
    send("x" * (5 * 1024 * 1024), status=400)


def test_too_often(send, question, monkeypatch):
    monkeypatch.setattr("progress.views.bring.TIMES_AN_HOUR", 1)
    send({"answered": [mark(question)]})
    send({"answered": [mark(question)]}, status=429)


# --- Queries -----------------------------------------------------------------------------------------------------


def test_queries_do_not_grow(bo, make_question, signed_in):
    def cost(number):
        kept = {"answered": [], "bookmarked": [], "drafts": [], "ratings": []}
        for _n in range(number):
            question = make_question()
            kept["answered"].append(mark(question))
            kept["bookmarked"].append(mark(question))
            kept["drafts"].append(draft(question, "Words."))
            kept["ratings"].append(rated(question))
        browser = signed_in(bo)
        with CaptureQueriesContext(connection) as queries:
            assert browser.post("/me/bring/", {"kept": json.dumps(kept), "add": "on"}).status_code == 200
        return len(queries)

    cost(1)
    assert cost(3) == cost(30)
