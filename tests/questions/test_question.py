"""The question page."""

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from progress.models import Answered, Bookmark, Draft
from questions.models import Answer, Note, Question, Source, Topic


@pytest.fixture
def say(source):
    """Adds what a source says about a question."""

    def add(question, language, answer="", title="?", at=source):
        return Note.objects.create(
            source=at,
            question=question,
            topic=question.topic,
            language=language,
            title=title,
            imported_title=title,
            answer=answer,
        )

    return add


@pytest.fixture
def lion_notes(db):
    return Source.objects.create(
        slug="lions", title="A lion's notes", licence="CC0-1.0", mode="full", language="zh-hans"
    )


def retire(question):
    question.retired_at = timezone.now()
    question.save()


def page(client, question, query=""):
    return client.get(question.get_absolute_url() + query).context


# --- Works -------------------------------------------------------------------------------------------------------


def test_shows_question_note_and_topic(client, question, topic):
    response = client.get(f"/questions/{question.pk}/zebra-1/")
    assert response.status_code == 200
    assert response.context["question"] == question
    assert "<strong>Flies</strong>" in response.context["note"].answer_html
    assert response.context["ancestors"] == [topic]
    assert response.context["retired"] is None
    assert "draft_form" not in response.context
    assert "Zebra notes" in response.content.decode()


def test_shows_a_readers_marks_and_draft(signed_in, ada, bo, question):
    Bookmark.objects.create(user=ada, question=question)
    Draft.objects.create(user=ada, question=question, text="Mine", version=4)
    hers, his = page(signed_in(ada), question), page(signed_in(bo), question)
    assert hers["marks"].bookmarked
    assert hers["marks"].drafted
    assert not hers["marks"].answered
    assert (hers["draft_form"]["text"].value(), hers["draft_form"]["version"].value()) == ("Mine", 4)
    assert not his["marks"].bookmarked
    assert (his["draft_form"]["text"].value(), his["draft_form"]["version"].value()) == ("", 0)


def test_markup_in_titles_and_drafts_is_text(signed_in, ada, make_question):
    question = make_question("<script>alert(1)</script>", answer="<script>alert(2)</script>")
    Draft.objects.create(user=ada, question=question, text="</textarea><script>alert(3)</script>")
    content = signed_in(ada).get(question.get_absolute_url()).content.decode()
    assert "<script>alert" not in content
    assert "&lt;script&gt;alert(1)" in content


# --- Address -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rest", ["", "wrong-slug/", "zebra-1-/", "ZEBRA-1/"])
def test_wrong_slug_leads_to_the_right_one(client, question, rest):
    response = client.get(f"/questions/{question.pk}/{rest}?lang=en&x=1")
    assert response.status_code == 301
    assert response.url == f"/questions/{question.pk}/zebra-1/?lang=en&x=1"


@pytest.mark.parametrize("slug", ["", "bookmark", "answered", "draft", "submit", "什么是注意力", "a" * 200])
def test_every_slug_has_an_address_that_leads_to_the_question(client, question, slug):
    question.slug = slug
    question.save()
    response = client.get(question.get_absolute_url())
    assert response.status_code == 200
    assert response.context["question"] == question


def test_question_without_slug_has_the_short_address(client, question):
    question.slug = ""
    question.save()
    assert client.get(f"/questions/{question.pk}/anything/").url == f"/questions/{question.pk}/"


@pytest.mark.parametrize("pk", ["0", "987654321", str(10**30), "-1", "text", "1e0", "9" * 5000, "%00", "１"])
def test_forged_id(client, signed_in, ada, question, pk):
    assert client.get(f"/questions/{pk}/").status_code == 404
    assert signed_in(ada).get(f"/questions/{pk}/zebra-1/").status_code == 404


def test_takes_no_post(client, question):
    assert client.post(question.get_absolute_url()).status_code == 405


# --- Who may see it ----------------------------------------------------------------------------------------------


def test_retired_question_is_gone_for_strangers(client, signed_in, cy, question):
    retire(question)
    assert client.get(question.get_absolute_url()).status_code == 404
    assert signed_in(cy).get(question.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("kind", [Bookmark, Answered, Draft, Answer])
def test_retired_question_stays_for_those_with_something_on_it(signed_in, ada, bo, question, kind):
    if kind is Answer:
        Answer.objects.create(author=ada, question=question, language="en", text="x", state="withdrawn")
    else:
        kind.objects.create(user=ada, question=question)
    retire(question)
    assert page(signed_in(ada), question)["retired"] == question.retired_at
    assert signed_in(bo).get(question.get_absolute_url()).status_code == 404


def test_retired_question_stays_for_curators(signed_in, cleo, bo, question):
    retire(question)
    assert signed_in(cleo).get(question.get_absolute_url()).status_code == 200
    bo.is_staff = True
    bo.save()
    assert signed_in(bo).get(question.get_absolute_url()).status_code == 404
    bo.user_permissions.add(Permission.objects.get(codename="change_question"))
    assert signed_in(bo).get(question.get_absolute_url()).status_code == 200


def test_retired_question_without_any_note_left(signed_in, ada, question):
    Bookmark.objects.create(user=ada, question=question)
    question.notes.all().delete()
    retire(question)
    context = page(signed_in(ada), question)
    assert context["note"] is None
    assert context["languages"] == []


# --- What sources say --------------------------------------------------------------------------------------------


def test_language_of_the_interface_comes_first(client, question, say):
    chinese = say(question, "zh-hans", "驱蝇")
    assert page(client, question)["note"] == chinese  # the site's own language
    client.cookies["django_language"] = "en"
    context = page(client, question)
    assert context["note"].language == "en"
    assert not context["missing"]


def test_language_asked_for_wins(client, question, say):
    say(question, "zh-hans", "驱蝇")
    context = page(client, question, "?lang=en")
    assert context["note"].language == "en"
    assert [(each["code"], each["name"], each["current"]) for each in context["languages"]] == [
        ("en", "English", True),
        ("zh-hans", "简体中文", False),
    ]
    assert context["languages"][1]["url"] == question.get_absolute_url() + "?lang=zh-hans"


@pytest.mark.parametrize("lang", ["xx", "", "x" * 10_000, "\x00", "../en"])
def test_language_that_nobody_knows_is_ignored(client, question, say, lang):
    chinese = say(question, "zh-hans", "驱蝇")
    assert client.get(question.get_absolute_url(), {"lang": lang}).context["note"] == chinese


def test_language_that_only_a_source_speaks(client, question, say):
    klingon = say(question, "tlh", "ghew")
    context = page(client, question, "?lang=tlh")
    assert context["note"] == klingon
    assert context["languages"][1]["name"] == "tlh"


def test_another_language_is_shown_visibly(client, question):
    context = page(client, question, "?lang=zh-hans")
    assert (context["note"].language, context["missing"], context["shown_in"]) == ("en", "简体中文", "英文")


def test_a_note_with_an_answer_comes_before_one_without(client, make_question, say, lion_notes):
    question = make_question(answer="")
    told = say(question, "en", "Flies.", at=lion_notes)
    context = page(client, question, "?lang=en")
    assert context["note"] == told
    assert [note.source.title for note in context["notes_elsewhere"]] == ["Zebra notes"]


def test_retired_notes_are_not_shown(client, question, say):
    chinese = say(question, "zh-hans", "驱蝇")
    chinese.retired_at = timezone.now()
    chinese.save()
    context = page(client, question)
    assert context["note"].language == "en"
    assert len(context["languages"]) == 1


@pytest.mark.parametrize(("query", "reveal"), [("", False), ("?reveal=1", True), ("?reveal=yes", False)])
def test_reveal_by_address(client, question, query, reveal):
    assert page(client, question, query)["reveal"] is reveal


# --- What readers answer -----------------------------------------------------------------------------------------


def test_answers_of_others_are_shown_once_published(signed_in, client, ada, bo, cleo, question):
    def answer(author, state):
        return Answer.objects.create(question=question, author=author, language="en", text=state, state=state)

    published, returned, pending = answer(ada, "published"), answer(ada, "returned"), answer(ada, "pending")
    answer(bo, "pending")
    for browser in (client, signed_in(bo), signed_in(cleo), signed_in(ada)):
        assert page(browser, question)["answers"] == [published]
    assert page(signed_in(ada), question)["my_answers"] == [pending, returned, published]
    assert page(client, question)["my_answers"] == page(signed_in(cleo), question)["my_answers"] == []


def test_answer_of_somebody_who_left_is_nobodys_own(client, ada, question):
    Answer.objects.create(question=question, author=ada, language="en", text="x", state="published")
    ada.delete()
    context = page(client, question)
    assert len(context["answers"]) == 1
    assert context["my_answers"] == []


# --- Around it ---------------------------------------------------------------------------------------------------


def test_neighbours_run_through_the_branch_in_reading_order(client, topic, make_question):
    below = Topic.objects.create(key="below", slug="below", parent=topic)
    beside = Topic.objects.create(key="beside", slug="beside", position=1)
    elsewhere = make_question("Elsewhere?", on=beside)
    last = make_question("Last?", on=below)
    first, retired, follow_up = make_question("First?"), make_question("Gone?"), make_question("So?")
    middle = make_question("Middle?")
    follow_up.parent = first
    follow_up.position = 99
    follow_up.save()
    retire(retired)

    def around(question):
        context = page(client, question)
        return context["previous"], context["next"]

    assert around(first) == (None, follow_up)
    assert around(follow_up) == (first, middle)
    assert around(middle) == (follow_up, last)
    assert around(last) == (middle, None)
    assert around(elsewhere) == (None, None)


def test_retired_question_still_has_neighbours(signed_in, cleo, make_question):
    first, gone, last = make_question(), make_question(), make_question()
    retire(gone)
    context = page(signed_in(cleo), gone)
    assert (context["previous"], context["next"]) == (first, last)


def test_follow_ups_and_parent(signed_in, ada, make_question):
    parent = make_question("Why?")
    follow_ups = [make_question("So?", parent=parent), make_question("And?", parent=parent)]
    retire(make_question("Gone?", parent=parent))
    Bookmark.objects.create(user=ada, question=follow_ups[0])
    context = page(signed_in(ada), parent)
    assert context["follow_ups"] == follow_ups
    assert context["follow_ups"][0].marks.bookmarked
    assert page(signed_in(ada), follow_ups[0])["parent"] == parent
    retire(parent)
    assert page(signed_in(ada), follow_ups[0])["parent"] is None


def test_question_on_a_retired_topic_is_still_told_where_it_stands(client, topic, question):
    topic.retired_at = timezone.now()
    topic.save()
    assert page(client, question)["ancestors"] == [topic]


# --- As many queries for thirty as for three ---------------------------------------------------------------------


@pytest.mark.parametrize("rows", [3, 30])
def test_queries(signed_in, client, ada, bo, lion_notes, say, topic, make_question, django_assert_num_queries, rows):
    parent = make_question()
    for n in range(rows):
        shelf = Topic.objects.create(key=f"shelf-{n}", slug=f"shelf-{n}", parent=topic)
        make_question(on=shelf)
        Answered.objects.create(user=ada, question=make_question(parent=parent))
        say(parent, "en", "Flies.", at=lion_notes)
        for author in (ada, bo):
            Answer.objects.create(question=parent, author=author, language="en", text="x", state="published")
    Draft.objects.create(user=ada, question=parent, text="Mine")
    browser, address = signed_in(ada), parent.get_absolute_url()
    with django_assert_num_queries(8):
        browser.get(address)
    with django_assert_num_queries(5):
        client.get(address)
    assert Question.objects.count() == 2 * rows + 1
