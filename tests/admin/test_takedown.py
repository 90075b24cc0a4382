"""The curators' page of a takedown: one act freezes, two curators undo."""

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from questions import takedown as verbs
from questions.models import Answer, Conflict, Letter, Note, Source, Takedown

LIST = "/admin/questions/takedown/"
ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}
WORDS = "Horseflies misjudge a **striped** surface: they come near it, and then they fail to land on it in time."


@pytest.fixture(autouse=True)
def letters_leave(monkeypatch):
    """Tests run in a transaction that is never committed: what waits for the commit happens at once."""
    monkeypatch.setattr(transaction, "on_commit", lambda act, **options: act())


@pytest.fixture
def note(make_question):
    return make_question(answer=WORDS).notes.get()


@pytest.fixture
def make_complaint(db):
    def make(*things, **facts):
        facts = {"state": "open", "verified_at": timezone.now()} | facts
        takedown = Takedown.objects.create(
            name="Zoe Zebra",
            email="zoe@example.org",
            work="Chapter 3 of my zebra book",
            addresses="/questions/1/",
            in_good_faith=True,
            language="en",
            site="http://testserver/",
            **facts,
        )
        verbs.add_targets(takedown, things)
        return takedown

    return make


@pytest.fixture
def complaint(make_complaint, note):
    return make_complaint(note)


@pytest.fixture
def second_desk(signed_in, django_user_model):
    return signed_in(django_user_model.objects.create_user("dora", "d@example.org", is_staff=True, is_superuser=True))


def page_of(desk, takedown):
    return desk.get(f"{LIST}{takedown.pk}/change/", **ENGLISH).text


def act(desk, takedown, what, **typed):
    response = desk.post(f"{LIST}{takedown.pk}/{what}/", typed, follow=True, **ENGLISH)
    takedown.refresh_from_db()
    return response.text


def test_only_confirmed_ones_are_seen(desk, make_complaint, note):
    hidden = make_complaint(note, state="unverified", verified_at=None)
    assert "Zoe Zebra" not in desk.get(f"{LIST}?state=all", **ENGLISH).text
    assert desk.get(f"{LIST}{hidden.pk}/change/").status_code == 302  # to the index: there is no such row
    assert desk.post(f"{LIST}{hidden.pk}/uphold/", {"reason": "x"}).status_code == 404
    hidden.refresh_from_db()
    assert hidden.state == "unverified"


def test_complaint_and_text_side_by_side(desk, complaint):
    page = page_of(desk, complaint)
    assert "Chapter 3 of my zebra book" in page
    assert "<strong>striped</strong>" in page
    assert 'name="_save"' not in page


def test_one_act_upholds(desk, complaint, note, cleo):
    page = act(desk, complaint, "uphold", reason="Word for word.", takes_titles="on", with_copies="on")
    assert "not shown any more" in page
    assert (complaint.state, complaint.decided_by, complaint.takes_titles) == ("upheld", cleo, True)
    note.refresh_from_db()
    assert note.is_frozen
    assert "<strong>striped</strong>" in page  # here, and nowhere else
    for other in ("note", "question", "conflict"):
        row = note if other == "note" else note.question
        if other != "conflict":
            assert "Horseflies" not in desk.get(f"/admin/questions/{other}/{row.pk}/change/").text
    assert [letter.to for letter in mail.outbox] == [["zoe@example.org"]]


def test_refusing_needs_a_reason(desk, complaint, note):
    act(desk, complaint, "refuse", reason="")
    assert complaint.state == "open"
    act(desk, complaint, "refuse", reason="It is your own licence that allows it.")
    assert complaint.state == "refused"
    note.refresh_from_db()
    assert note.answer == WORDS
    assert "your own licence" in mail.outbox[0].body


def test_a_second_decision_comes_too_late(desk, complaint):
    act(desk, complaint, "refuse", reason="No.")
    assert "in the meantime" in act(desk, complaint, "uphold")
    assert complaint.state == "refused"
    assert len(mail.outbox) == 1


def test_nothing_to_uphold(desk, make_complaint):
    complaint = make_complaint()
    assert "lead to no text here" in page_of(desk, complaint)
    assert "add the address" in act(desk, complaint, "uphold")
    assert complaint.state == "open"


def test_the_curator_finds_out_what_is_meant(desk, make_complaint, note, source, ada):
    complaint = make_complaint()
    answer = Answer.objects.create(question=note.question, author=ada, language="en", text="Mine.", state="published")
    for address in (
        note.question.get_absolute_url(),
        f"http://testserver/answers/{answer.pk}/",
        "/sources/zebra-notes/",
    ):
        act(desk, complaint, "add_target", address=address)
    assert "no question, answer or source" in act(desk, complaint, "add_target", address="https://example.org/x")
    assert [target.thing for target in complaint.targets.all()] == [note, answer, source]
    act(desk, complaint, "leave_out", target=complaint.targets.get(source=source).pk)
    act(desk, complaint, "leave_out", target="x")
    assert complaint.targets.count() == 2


def test_copies_can_be_looked_at_first(desk, complaint, make_question):
    copy = make_question("Again?", WORDS.upper()).notes.get()
    assert "1 copy found." in act(desk, complaint, "find_copies")
    assert complaint.targets.get(is_copy=True).note == copy
    assert "0 copies found." in act(desk, complaint, "find_copies")


def test_undoing_takes_two(desk, second_desk, complaint, note):
    act(desk, complaint, "uphold")
    act(desk, complaint, "ask_undo", reason="")
    assert complaint.undo_asked_at is None
    act(desk, complaint, "ask_undo", reason="They agreed.")
    assert "/undo/" not in page_of(desk, complaint)
    assert "whoever asked cannot" in act(desk, complaint, "undo")
    assert complaint.state == "upheld"
    assert "/undo/" in page_of(second_desk, complaint)
    assert complaint in Takedown.objects.waiting()
    act(second_desk, complaint, "undo")
    assert complaint.state == "undone"
    note.refresh_from_db()
    assert note.answer == WORDS
    assert "They agreed." in page_of(desk, complaint)


def test_it_can_be_left_as_it_is(desk, second_desk, complaint):
    act(desk, complaint, "uphold")
    act(desk, complaint, "ask_undo", reason="They agreed.")
    act(second_desk, complaint, "drop_undo")
    assert complaint.undo_asked_by is None
    act(second_desk, complaint, "ask_undo", reason="Now I see.")
    act(desk, complaint, "undo")
    assert complaint.state == "undone"


def test_letters_are_sent_again(desk, complaint, monkeypatch):
    def refuse(*args):
        raise ConnectionRefusedError("Nobody there")

    with monkeypatch.context() as down:
        down.setattr(mail.EmailMessage, "send", refuse)
        page = act(desk, complaint, "uphold")
        assert "Nobody there" in page
        assert "Letters not sent: 1" in desk.get("/admin/", **ENGLISH).text
        assert "does not take them" in act(desk, complaint, "send_again")
    assert "1 letter sent." in act(desk, complaint, "send_again")
    assert "0 letters sent." in act(desk, complaint, "send_again")
    assert len(mail.outbox) == 1
    assert Letter.objects.get().mistake == ""


def test_a_letter_that_asks_for_confirmation_is_sent_again_with_a_fresh_link(desk, make_complaint):
    unseen = make_complaint(state="unverified", verified_at=None)
    letter = Letter.objects.create(takedown=unseen, kind="confirm", to=unseen.email, language="en", mistake="Down")
    page = desk.get("/admin/questions/letter/?sent_at__isempty=1", **ENGLISH).text
    assert "Down" in page
    assert "zebra book" not in page
    desk.post("/admin/questions/letter/", {"action": "send_again", "_selected_action": [letter.pk]})
    assert "/takedown/confirm/" in mail.outbox[0].body


@pytest.mark.parametrize("what", ["uphold", "refuse", "undo", "add_target", "send_again"])
def test_only_by_post_and_only_curators(client, desk, bo, complaint, what):
    assert desk.get(f"{LIST}{complaint.pk}/{what}/").status_code == 405
    client.force_login(bo)
    assert client.post(f"{LIST}{complaint.pk}/{what}/", {"reason": "x"}).status_code in (302, 403)
    bo.is_staff = True
    bo.save()
    assert client.post(f"{LIST}{complaint.pk}/{what}/", {"reason": "x"}).status_code == 403
    complaint.refresh_from_db()
    assert complaint.state == "open"


def test_as_many_queries_for_30_targets_as_for_3(desk, make_complaint, make_question):
    def queries(takedown):
        page_of(desk, takedown)
        with CaptureQueriesContext(connection) as captured:
            page_of(desk, takedown)
        return len(captured)

    def make(n):
        return make_complaint(*(make_question(f"{n}-{i}?", f"{i} {WORDS}").notes.get() for i in range(n)))

    few, many = make(3), make(30)
    assert queries(few) == queries(many)
    act(desk, few, "uphold")
    act(desk, many, "uphold")
    assert queries(few) == queries(many)


# --- The rest of the desk ----------------------------------------------------------------------------------------


def edit(desk, note, **typed):
    return desk.post(f"/admin/questions/note/{note.pk}/change/", {"title": note.title, **typed}, **ENGLISH)


def test_the_text_cannot_be_typed_in_again(desk, complaint, make_question):
    act(desk, complaint, "uphold")
    other = make_question("Other?", "Something else.").notes.get()
    assert "removed from here" in edit(desk, other, answer=WORDS.lower()).text
    other.refresh_from_db()
    assert other.answer == "Something else."
    assert edit(desk, other, answer="In other words.").status_code == 302


def test_a_frozen_note_is_not_edited(desk, complaint, note):
    act(desk, complaint, "uphold", takes_titles="on")
    assert edit(desk, note, answer="x", title="y").status_code == 302
    note.refresh_from_db()
    assert (note.answer, note.title) == ("", "")
    assert note.is_frozen
    question = f"/admin/questions/question/{note.question_id}/change/"
    assert desk.get(question, **ENGLISH).status_code == 200


def test_nor_taken_from_a_conflict(desk, complaint, make_question):
    act(desk, complaint, "uphold")
    other = make_question("Other?", "Something else.").notes.get()
    conflict = Conflict.objects.create(note=other, title="Other?", answer=WORDS)
    desk.post(f"/admin/questions/conflict/{conflict.pk}/take_theirs/")
    assert Note.objects.get(pk=other.pk).answer == "Something else."


def test_the_index_counts_what_waits(desk, complaint):
    assert "Copyright complaints: 1" in desk.get("/admin/", **ENGLISH).text


def test_a_source_has_somebody_to_tell(desk, source):
    assert 'name="contact"' in desk.get(f"/admin/questions/source/{source.pk}/change/").text
    assert Source.objects.get().contact == ""
