"""A complaint, from the form to the end, and what everybody sees of it."""

import re
from smtplib import SMTPException

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from progress.models import Answered, Bookmark, Draft
from questions import takedown as verbs
from questions.blocking import judge, sentence_against
from questions.models import (
    Answer,
    Block,
    BlockedShingle,
    Conflict,
    Letter,
    Note,
    Question,
    Source,
    Step,
    Takedown,
    TakedownTarget,
    TopicNote,
)
from questions.views.takedown import AN_HOUR_FROM_ONE_PLACE, AN_HOUR_TO_ONE_ADDRESS

FORM = "/takedown/"
WORDS = "Horseflies misjudge a **striped** surface: they come near it, and then they fail to land on it in time."
ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}


@pytest.fixture(autouse=True)
def letters_leave(monkeypatch):
    """Tests run in a transaction that is never committed: what waits for the commit happens at once."""
    monkeypatch.setattr(transaction, "on_commit", lambda act, **options: act())


@pytest.fixture
def question(make_question):
    return make_question(answer=WORDS)


@pytest.fixture
def note(question):
    return question.notes.get()


@pytest.fixture
def answer(ada, question):
    return Answer.objects.create(question=question, author=ada, language="en", text=WORDS, state="published")


@pytest.fixture
def complain(client):
    """complain(question, email=…): somebody fills the form in and sends it."""

    def send(about="", **typed):
        form = {
            "addresses": f"http://testserver{about.get_absolute_url()}" if about else "I do not know any more",
            "work": "Chapter 3 of my zebra book, https://example.org/book",
            "name": "Zoe Zebra",
            "email": "zoe@example.org",
            "rights_holder": "Zebra Press",
            "in_good_faith": "on",
        } | typed
        return client.post(FORM, {name: value for name, value in form.items() if value is not None}, **ENGLISH)

    return send


def put_back(takedown, cleo, bo):
    verbs.ask_undo(takedown, cleo, "They agreed after all.")
    verbs.undo(takedown, bo)


def link_in(letter):
    return re.search(r"http://testserver(/takedown/confirm/\S+)", letter.body)[1]


def rows(model):
    return [dict(row) for row in model.objects.order_by("pk").values()]


# --- The form ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_anyone_may_open_it(client, db, language):
    page = client.get(FORM, HTTP_ACCEPT_LANGUAGE=language)
    assert page.status_code == 200
    assert page.text.count("<form") >= 1


def test_it_knows_the_page_one_came_from(client, question, signed_in, ada):
    address = question.get_absolute_url()
    assert f"?about={address}" in client.get(address).text.replace("%2F", "/")
    page = signed_in(ada).get(FORM, {"about": address})
    assert page.context["form"].initial == {"addresses": f"http://testserver{address}", "email": ada.email}


@pytest.mark.parametrize("about", ["/nowhere/", "https://evil.example/", "//evil.example/questions/1/", "/admin/", "x"])
def test_it_takes_no_other_address(client, question, about):
    assert client.get(FORM, {"about": about}).context["form"].initial == {}


def test_a_complaint_waits_for_its_address(complain, question, note):
    assert complain(question).url == "/takedown/sent/"
    complaint = Takedown.objects.get()
    assert (complaint.state, complaint.language, complaint.site) == ("unverified", "en", "http://testserver/")
    assert [target.note for target in complaint.targets.all()] == [note]
    assert not Takedown.objects.confirmed().exists()
    (letter,) = mail.outbox
    assert letter.to == ["zoe@example.org"]
    assert letter.subject == "Interview Notes: please confirm your complaint"
    assert Letter.objects.get().sent_at


def test_only_a_press_of_the_button_confirms(client, complain, question):
    complain(question)
    link = link_in(mail.outbox[0])
    for _ in range(2):  # a mail scanner, and the person
        assert "Zebra Press" in client.get(link, **ENGLISH).text
    assert Takedown.objects.get().state == "unverified"
    assert client.post(link).url == link
    complaint = Takedown.objects.get()
    assert complaint.state == "open"
    assert complaint.verified_at
    confirmed_at = complaint.verified_at
    client.post(link)
    assert Takedown.objects.get().verified_at == confirmed_at
    assert [step.what for step in complaint.steps.all()] == ["confirmed"]
    assert "A curator decides" in client.get(link, **ENGLISH).text


@pytest.mark.parametrize("token", ["x", "MQ:1abc:def", "%00"])
def test_a_forged_link(client, db, token):
    assert client.get(f"/takedown/confirm/{token}/").status_code in (404, 410)
    assert client.post(f"/takedown/confirm/{token}/").status_code in (404, 410)


def test_a_link_of_last_week(client, complain, question, monkeypatch):
    complain(question)
    link = link_in(mail.outbox[0])
    monkeypatch.setattr("django.core.signing.time.time", lambda: timezone.now().timestamp() + 7 * 24 * 3600 + 60)
    assert client.post(link).status_code == 410
    assert Takedown.objects.get().state == "unverified"


@pytest.mark.parametrize("missing", ["addresses", "work", "name", "email", "in_good_faith"])
def test_something_is_missing(complain, question, missing):
    page = complain(question, **{missing: None})
    assert page.status_code == 400
    assert list(page.context["form"].errors) == [missing]
    assert not Takedown.objects.exists()


def test_a_robot_is_told_the_same(complain, question):
    assert complain(question, website="http://spam.example").url == "/takedown/sent/"
    assert not Takedown.objects.exists()
    assert not mail.outbox


def test_nobodys_letter_box_is_filled(complain, question):
    for _ in range(AN_HOUR_TO_ONE_ADDRESS):
        assert complain(question).status_code == 303
    page = complain(question, email="ZOE@example.org")
    assert page.status_code == 429
    assert "My zebra book" not in page.text
    assert "Chapter 3 of my zebra book" in page.text
    assert len(mail.outbox) == AN_HOUR_TO_ONE_ADDRESS


def test_one_place_cannot_send_for_ever(complain, question):
    for n in range(AN_HOUR_FROM_ONE_PLACE):
        assert complain(question, email=f"{n}@example.org").status_code == 303
    assert complain(question, email="one.more@example.org").status_code == 429


def test_what_nobody_confirmed_is_forgotten(complain, question):
    complain(question)
    Takedown.objects.update(sent_at=timezone.now() - timezone.timedelta(days=15))
    complain(question, email="yan@example.org")
    assert [one.email for one in Takedown.objects.all()] == ["yan@example.org"]


@pytest.mark.parametrize("path", ["/takedown/sent/", FORM])
def test_wrong_method(client, db, path):
    assert client.put(path).status_code == 405


def test_addresses_of_all_kinds(complain, question, answer, source, note):
    pages = ["/questions/0/", "https://elsewhere.example" + answer.get_absolute_url(), "/topics/zebras/", "nonsense"]
    pages += [answer.get_absolute_url(), f"http://testserver{source.get_absolute_url()}", f"/questions/{question.pk}/"]
    complain(addresses="\n".join(pages * 2))
    assert [target.thing for target in Takedown.objects.get().targets.all()] == [answer, source, note]


# --- Letters that do not leave -----------------------------------------------------------------------------------


@pytest.fixture
def mail_is_down(monkeypatch):
    def refuse(*args, **options):
        raise SMTPException("Connection refused")

    monkeypatch.setattr(mail.EmailMessage, "send", refuse)


def test_a_complaint_outlives_the_mail_server(complain, question, mail_is_down):
    assert complain(question).status_code == 303
    letter = Letter.objects.get()
    assert (letter.sent_at, letter.mistake) == (None, "Connection refused")


def test_a_decision_outlives_the_mail_server(take_down, note, mail_is_down):
    assert take_down(note).state == "upheld"
    note.refresh_from_db()
    assert note.is_frozen
    assert [letter.kind for letter in Letter.objects.filter(sent_at=None)] == ["upheld"]


# --- Upheld ------------------------------------------------------------------------------------------------------


def test_in_its_place_stands_a_line(client, signed_in, bo, question, note, take_down):
    takedown = take_down(note)
    page = client.get(question.get_absolute_url(), **ENGLISH).text
    assert "after a complaint by Zebra Press." in page
    assert "Horseflies" not in page
    assert "Zebra notes" in page  # the source is still named
    assert "Your draft and your marks are kept." not in page
    Takedown.objects.filter(pk=takedown.pk).update(rights_holder="")
    for path in (question.get_absolute_url(), f"/questions/{question.pk}/draft/"):
        mine = signed_in(bo).get(path, **ENGLISH).text
        assert "after a complaint by the rights holder." in mine
        assert "Your draft and your marks are kept." in mine
        assert "zoe@example.org" not in mine


def every_page(question, answer):
    yield from ("/", "/topics/", "/topics/zebras/", "/sources/", "/sources/zebra-notes/", "/me/", "/me/answers/")
    yield from ("/me/drafts/", "/me/bookmarks/", "/me/answered/", f"/answers/{answer.pk}/")
    yield from (
        f"/questions/{question.pk}/{question.slug}/?reveal=1".replace("//", "/"),
        f"/questions/{question.pk}/draft/",
    )


def test_no_page_and_no_report_shows_it_any_more(signed_in, ada, question, note, answer, take_down, tmp_path, capsys):
    take_down(note, answer, takes_titles=True)
    question.refresh_from_db()
    for path in every_page(question, answer):
        page = signed_in(ada).get(path, **ENGLISH)
        assert page.status_code == 200, path
        assert "Horseflies" not in page.text, path
        assert "Why stripes" not in page.text, path
    (tmp_path / "zebras.md").write_text(f"# Zebras\n\n## Why stripes?\n\n{WORDS}\n")
    call_command("import_notes", str(tmp_path), source="copycat", licence="MIT", json=True)
    assert "Horseflies" not in capsys.readouterr().out


def test_the_row_holds_no_word_of_it(note, answer, source, take_down):
    Conflict.objects.create(note=note, title="Why?", answer=WORDS + " Theirs.")
    take_down(source, answer)
    assert not Note.objects.exclude(answer="", answer_html="").exists()
    assert not Answer.objects.exclude(text="", html="").exists()
    assert not Conflict.objects.exists()


def test_nothing_of_readers_changes(ada, bo, question, note, answer, source, take_down):
    for reader in (ada, bo):
        Bookmark.objects.create(user=reader, question=question)
        Answered.objects.create(user=reader, question=question)
        Draft.objects.create(user=reader, question=question, text=WORDS)
    tables = theirs()
    before = {model: rows(model) for model in tables}
    take_down(source, answer, takes_titles=True)
    assert {model: rows(model) for model in tables} == before
    assert len(tables) >= 3


def theirs():
    """Every table of what readers do; one that is added later is watched too."""
    from django.apps import apps

    return [model for model in apps.get_app_config("progress").get_models() if not model._meta.proxy]


@pytest.mark.parametrize("path", ["bookmark", "answered"])
def test_marks_can_still_be_set(signed_in, bo, question, note, take_down, path):
    take_down(note, takes_titles=True)
    assert signed_in(bo).post(f"/questions/{question.pk}/{path}/", {"state": "on"}).status_code == 303


def test_its_author_reads_why_and_keeps_the_draft(signed_in, client, ada, question, answer, take_down):
    Draft.objects.create(user=ada, question=question, text=WORDS)
    take_down(answer, reason="Word for word from the book.")
    answer.refresh_from_db()
    assert answer.state == "published"
    mine = signed_in(ada).get(answer.get_absolute_url(), **ENGLISH).text
    assert "Zebra Press" in mine
    assert "Word for word from the book." in mine
    assert "Word for word from the book." not in client.get(answer.get_absolute_url(), **ENGLISH).text
    assert Draft.objects.get().text == WORDS


def test_both_sides_are_told(ada, note, answer, source, take_down):
    source.contact = "keeper@example.org"
    source.save()
    take_down(note, answer, reason="Word for word.")
    told = {letter.to[0]: letter for letter in mail.outbox}
    assert set(told) == {"zoe@example.org", "ada@example.org", "keeper@example.org"}
    assert told["zoe@example.org"].subject.endswith("is upheld")
    for letter in told.values():
        assert "Word for word." in letter.body
        assert "zoe@example.org" not in letter.body
    assert f"/answers/{answer.pk}/" in told["ada@example.org"].body
    assert f"/answers/{answer.pk}/" not in told["keeper@example.org"].body


@pytest.mark.parametrize("kind", list(Letter.Kind.values))
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_letter_in_both_languages(take_down, note, kind, language):
    from questions.letters import send

    takedown = take_down(note, rights_holder="", reason="<b>&")
    letter = Letter.objects.create(takedown=takedown, kind=kind, to="x@example.org", language=language)
    assert send(letter)
    sent = mail.outbox[-1]
    assert sent.subject
    assert "\n" not in sent.subject
    assert "&lt;" not in sent.body
    assert "\n\n\n\n" not in sent.body


def test_copies_elsewhere_go_too(note, answer, make_question, take_down):
    other = make_question("Stripes again?", f"It is said:\n\n> {WORDS.replace('misjudge', 'MISJUDGE')}").notes.get()
    unlike = make_question(
        "Lions?", "They sleep in the shade, twenty hours of every day and some of the night."
    ).notes.get()
    takedown = take_down(note)
    assert {target.thing for target in takedown.targets.filter(is_copy=True)} == {answer, other}
    unlike.refresh_from_db()
    assert unlike.answer


def test_unless_the_curator_says_otherwise(note, answer, take_down):
    assert take_down(note, with_copies=False).targets.count() == 1
    answer.refresh_from_db()
    assert answer.text


def test_a_whole_source(client, source, make_question, question, take_down):
    retired = make_question("Gone?", "Once there was a quagga.", retired_at=timezone.now()).notes.get()
    empty = make_question("Why?", "").notes.get()
    take_down(source)
    retired.refresh_from_db()
    empty.refresh_from_db()
    assert retired.is_frozen
    assert not empty.is_frozen
    assert "Zebra Press" in client.get(source.get_absolute_url()).text
    assert client.get("/sources/").status_code == 200


@pytest.fixture
def opening(source, topic):
    return TopicNote.objects.create(
        source=source,
        topic=topic,
        language="en",
        title="Zebras",
        imported_title="Zebras",
        introduction=WORDS,
        introduction_html=f"<p>{WORDS}</p>",
        file="zebras.md",
    )


def test_what_opens_a_topic(client, topic, opening, complain, take_down, question):
    page = client.get(topic.get_absolute_url(), **ENGLISH).text
    assert "Horseflies" in page
    assert "Zebra notes" in page  # with its provenance
    complain(topic)
    assert [target.thing for target in Takedown.objects.get().targets.all()] == [opening]
    take_down(opening)
    page = client.get(topic.get_absolute_url(), **ENGLISH).text
    assert "Horseflies" not in page
    assert "after a complaint by Zebra Press." in page
    assert "Zebra notes" in page


def test_the_opening_goes_with_its_source(source, opening, note, take_down, cleo, bo):
    takedown = take_down(source)
    opening.refresh_from_db()
    assert opening.is_frozen
    put_back(takedown, cleo, bo)
    opening.refresh_from_db()
    assert opening.introduction == WORDS


# --- Titles ------------------------------------------------------------------------------------------------------


def test_a_title_of_another_note_takes_its_place(client, question, note, source, take_down):
    other = Source.objects.create(slug="o", title="Other", licence="MIT", mode="full", language="en")
    Note.objects.create(
        source=other, question=question, topic=question.topic, language="en", title="Stripes, why?", imported_title="S"
    )
    take_down(note, takes_titles=True)
    question.refresh_from_db()
    assert question.titles == {"en": "Stripes, why?"}


def test_or_its_topic_says_what_it_was_about(client, signed_in, bo, question, note, take_down):
    Bookmark.objects.create(user=bo, question=question)
    take_down(note, takes_titles=True)
    question = Question.objects.get()
    assert (question.titles, question.slug) == ({}, "")
    assert question.get_absolute_url() == f"/questions/{question.pk}/"
    page = client.get(f"/questions/{question.pk}/zebra-1/", follow=True, **ENGLISH)
    assert page.redirect_chain == [(f"/questions/{question.pk}/", 301)]
    assert "Removed question (Zebras)" in page.text
    assert "Removed question" in signed_in(bo).get("/me/bookmarks/", **ENGLISH).text


def test_titles_stay_unless_asked_for(question, note, take_down):
    take_down(note)
    question.refresh_from_db()
    note.refresh_from_db()
    assert question.titles == {"en": "Why stripes?"}
    assert note.title == "Why stripes?"


# --- Undone ------------------------------------------------------------------------------------------------------


def stands():
    """Everything that a takedown touches, as it stands."""
    watched = {model: rows(model) for model in (Note, TopicNote, Answer, Source, Question, Conflict)}
    for row in (row for model in watched for row in watched[model]):
        for name in ("updated_at", "id", "found_at"):
            row.pop(name, None)
    return watched


@pytest.mark.parametrize("takes_titles", [True, False])
def test_everything_comes_back_as_it_was(note, answer, source, take_down, cleo, bo, takes_titles, make_question):
    Note.objects.filter(pk=note.pk).update(fingerprint="f" * 32, edited_at=timezone.now())
    Conflict.objects.create(note=note, title="Theirs?", answer="Theirs.")
    make_question("Another?", "Another answer, which is quite long enough to be looked at here.")
    before = stands()
    takedown = take_down(source, answer, takes_titles=takes_titles)
    assert stands() != before
    assert sentence_against(WORDS)
    put_back(takedown, cleo, bo)
    assert stands() == before
    assert not sentence_against(WORDS)
    assert not Block.objects.exists()
    assert not BlockedShingle.objects.exists()
    assert [step.what for step in takedown.steps.exclude(what="copy found")] == ["upheld", "undo asked", "undone"]


def test_it_takes_two(note, take_down, cleo, bo):
    takedown = take_down(note)
    with pytest.raises(verbs.NotPossible):
        verbs.undo(takedown, bo)  # nobody has asked
    verbs.ask_undo(takedown, cleo, "A mistake.")
    with pytest.raises(verbs.NotPossible):
        verbs.ask_undo(takedown, bo, "So say I.")
    with pytest.raises(verbs.NotPossible):
        verbs.undo(takedown, cleo)  # who is a superuser, too
    note.refresh_from_db()
    assert note.is_frozen
    verbs.undo(takedown, bo)
    note.refresh_from_db()
    assert note.answer == WORDS


def test_the_database_knows_that_it_takes_two(note, take_down, cleo):
    takedown = take_down(note)
    with pytest.raises(IntegrityError), transaction.atomic():
        Takedown.objects.filter(pk=takedown.pk).update(undo_asked_by=cleo, undone_by=cleo)


def test_nobody_is_left_to_have_asked(note, take_down, cleo, bo):
    takedown = take_down(note)
    verbs.ask_undo(takedown, cleo, "A mistake.")
    Takedown.objects.update(undo_asked_by=None)
    with pytest.raises(verbs.NotPossible):
        verbs.undo(takedown, bo)
    verbs.drop_undo(takedown, bo)
    verbs.ask_undo(takedown, bo, "A mistake, still.")


def test_both_sides_are_told_of_that_too(answer, take_down, cleo, bo):
    takedown = take_down(answer)
    mail.outbox.clear()
    put_back(takedown, cleo, bo)
    assert {(letter.to[0], "They agreed after all." in letter.body) for letter in mail.outbox} == {
        ("zoe@example.org", True),
        ("ada@example.org", True),
    }


def test_two_takedowns_of_one_text(note, question, source, take_down, cleo, bo):
    first = take_down(note)
    second = take_down(source, takes_titles=True)
    put_back(first, cleo, bo)
    note.refresh_from_db()
    assert note.is_frozen
    assert note.takedown == second
    assert sentence_against(WORDS)
    put_back(second, cleo, bo)
    note.refresh_from_db()
    question.refresh_from_db()
    assert (note.answer, note.title, note.takedown) == (WORDS, "Why stripes?", None)
    assert (question.titles, question.slug) == ({"en": "Why stripes?"}, "zebra-1")


def test_two_takedowns_undone_the_other_way_round(note, question, source, take_down, cleo, bo):
    first = take_down(note)
    second = take_down(source, takes_titles=True)
    put_back(second, cleo, bo)
    note.refresh_from_db()
    question.refresh_from_db()
    assert (note.answer, note.title, note.takedown) == ("", "Why stripes?", first)
    assert question.titles == {"en": "Why stripes?"}
    put_back(first, cleo, bo)
    note.refresh_from_db()
    assert note.answer == WORDS


def test_new_words_are_not_overwritten(note, answer, ada, question, take_down, cleo, bo):
    takedown = take_down(note, answer)
    Note.objects.filter(pk=note.pk).update(answer="New.")
    Answer.objects.filter(pk=answer.pk).update(text="New, too.")
    put_back(takedown, cleo, bo)
    note.refresh_from_db()
    answer.refresh_from_db()
    assert (note.answer, answer.text) == ("New.", "New, too.")


# --- Kept out ----------------------------------------------------------------------------------------------------


@pytest.fixture
def submit(signed_in, ada, question):
    def post(text):
        return signed_in(ada).post(f"/questions/{question.pk}/submit/", {"text": text, "version": 0}, **ENGLISH)

    return post


def test_it_cannot_be_submitted_as_an_answer(submit, ada, note, take_down):
    takedown = take_down(note)
    page = submit(WORDS.upper())
    assert page.status_code == 400
    assert f"takedown {takedown.pk}" in page.text
    assert not Answer.objects.exists()
    draft = Draft.objects.get()
    assert draft.text == WORDS.upper()
    assert page.context["draft_form"].data["version"] == draft.version


def test_other_words_can(submit, note, take_down):
    take_down(note)
    assert submit("A striped coat confuses the eye of an approaching fly, as films have shown.").status_code == 303


def test_many_texts_in_as_many_queries_as_few(note, take_down, django_assert_max_num_queries):
    take_down(note)
    with django_assert_max_num_queries(5):
        assert judge({"copy": WORDS})["copy"].is_blocked
    with django_assert_max_num_queries(5):
        assert len(judge({n: f"{WORDS} {n}" for n in range(400)})) == 400


def test_no_query_but_one_while_nothing_is_blocked(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert judge(dict.fromkeys(range(400), WORDS)) == {}


# --- What the database holds together ----------------------------------------------------------------------------


def test_a_target_is_one_thing(take_down, note, answer, source):
    takedown = take_down(note, with_copies=False)
    for facts in ({}, {"note": note, "answer": answer}, {"answer": answer, "source": source}, {"note": note}):
        with pytest.raises(IntegrityError), transaction.atomic():
            TakedownTarget.objects.create(takedown=takedown, **facts)


def test_the_log_is_only_added_to(take_down, note):
    step = take_down(note).steps.first()
    for act in (step.save, step.delete, Step.objects.all().delete, lambda: Step.objects.update(words="")):
        with pytest.raises(TypeError):
            act()


def test_no_complaint_without_good_faith(db):
    with pytest.raises(IntegrityError):
        Takedown.objects.create(name="x", email="x@example.org", work="x", addresses="x", language="en")


def test_no_source_without_licence_and_mode(db):
    for facts in ({"licence": ""}, {"mode": ""}, {"mode": "all"}, {"licence": "unknown"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Source.objects.create(
                **{"slug": "s", "title": "S", "licence": "MIT", "mode": "full", "language": "en"} | facts
            )
