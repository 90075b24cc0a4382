"""The sources, and what each of them says."""

import pytest
from django.utils import timezone

from questions.models import Note, Source, Topic


def test_sources_with_counts(client, source, make_question):
    make_question()
    make_question(answer="")
    retired = make_question()
    retired.retired_at = timezone.now()
    retired.save()
    gone = make_question()
    gone.notes.update(retired_at=timezone.now())
    Source.objects.create(slug="empty", title="An empty one", licence="CC0-1.0", mode="full", language="en")
    sources = client.get("/sources/").context["sources"]
    assert [(each.title, each.question_count, each.answer_count) for each in sources] == [
        ("An empty one", 0, 0),
        ("Zebra notes", 2, 1),
    ]


def test_a_question_in_two_languages_counts_once(client, source, question):
    Note.objects.create(
        source=source, question=question, topic=question.topic, language="zh-hans", title="?", answer="驱蝇"
    )
    (zebras,) = client.get("/sources/").context["sources"]
    assert (zebras.question_count, zebras.answer_count) == (1, 1)
    source_page = client.get("/sources/zebra-notes/").context
    assert (source_page["source"].question_count, source_page["topics"][0].total) == (1, 1)
    assert len(source_page["groups"][0]["questions"]) == 1


def test_source_shows_only_its_own(client, topic, source, make_question):
    lions = Topic.objects.create(key="lions", slug="lions")
    question, other = make_question(), make_question(on=lions)
    other.notes.update(source=Source.objects.create(slug="x", title="X", licence="MIT", mode="full", language="en"))
    context = client.get("/sources/zebra-notes/").context
    assert (context["topics"], context["topics"][0].total) == ([topic], 1)
    assert [group["questions"] for group in context["groups"]] == [[question]]


def test_source_that_says_nothing_now(client, source):
    context = client.get("/sources/zebra-notes/").context
    assert (context["topics"], context["groups"]) == ([], [])


def test_no_sources(client, db):
    assert client.get("/sources/").status_code == 200


@pytest.mark.parametrize("slug", ["lions", "%00", "x" * 3000, "斑马"])
def test_source_that_does_not_exist(client, source, slug):
    assert client.get(f"/sources/{slug}/").status_code == 404


@pytest.mark.parametrize("path", ["/sources/", "/sources/zebra-notes/"])
def test_takes_no_post(client, source, path):
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("rows", [3, 30])
def test_queries(client, topic, make_question, django_assert_num_queries, rows):
    for n in range(rows):
        make_question(on=Topic.objects.create(key=f"{n}", slug=f"{n}", parent=topic))
        Source.objects.create(slug=f"s{n}", title=f"S{n}", licence="MIT", mode="full", language="en")
    with django_assert_num_queries(1):
        client.get("/sources/")
    with django_assert_num_queries(5):
        client.get("/sources/zebra-notes/")
