"""The tree of topics on the desk: order, parent and names."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from questions.models import Source, Topic, TopicNote

LIST = "/admin/questions/topic/"


def page(topic):
    return f"{LIST}{topic.pk}/change/"


@pytest.fixture
def foals(topic):
    return Topic.objects.create(key="foals", slug="foals", parent=topic, position=5, titles={"en": "Foals"})


@pytest.fixture
def lions(db):
    return Topic.objects.create(key="lions", slug="lions", position=1, titles={"en": "Lions"})


def form(topic, **changes):
    return {
        "title_en": topic.titles.get("en", ""),
        "title_zh-hans": topic.titles.get("zh-hans", ""),
        "parent": topic.parent_id or "",
        "position": topic.position,
        "slug": topic.slug,
        "notes-TOTAL_FORMS": 0,
        "notes-INITIAL_FORMS": 0,
    } | changes


def test_the_list_is_the_tree(desk, topic, lions, foals):
    Topic.objects.create(key="mane", slug="mane", parent=lions, position=0, titles={"en": "Manes"})
    keys = [row.key for row in desk.get(LIST).context["cl"].result_list]
    assert keys == ["zebras", "foals", "lions", "mane"]


def test_order_is_set_in_the_list(desk, topic, lions):
    rows = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 2, "_save": "Save"}
    rows |= {"form-0-id": topic.pk, "form-0-position": 9, "form-1-id": lions.pk, "form-1-position": 1}
    assert desk.post(LIST, rows).status_code == 302
    assert [row.key for row in desk.get(LIST).context["cl"].result_list] == ["lions", "zebras"]
    topic.refresh_from_db()
    assert topic.titles == {"en": "Zebras", "zh-hans": "斑马"}


def test_moving_a_topic_moves_its_branch(desk, topic, lions, foals):
    desk.post(page(topic), form(topic, parent=lions.pk))
    for moved in (topic, foals):
        moved.refresh_from_db()
    assert topic.parent == lions
    assert foals.path == f"/{lions.pk}/{topic.pk}/{foals.pk}/"


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_not_into_its_own_branch(desk, topic, foals, language):
    for parent in (topic, foals):
        response = desk.post(page(topic), form(topic, parent=parent.pk), headers={"accept-language": language})
        assert response.status_code == 200
        assert "parent" in response.context["adminform"].form.errors
    topic.refresh_from_db()
    assert topic.parent is None


def test_parents_are_offered_as_a_tree(desk, topic, lions, foals):
    html = desk.get(page(lions), headers={"accept-language": "en"}).text
    assert ">Zebras</option>" in html
    assert ">\u2003Foals</option>" in html
    assert ">Lions</option>" not in html


def test_rename(desk, topic):
    desk.post(page(topic), form(topic, title_en="Striped horses"))
    topic.refresh_from_db()
    assert topic.titles == {"en": "Striped horses", "zh-hans": "斑马"}


def test_a_name_in_a_third_language_stays(desk, topic):
    topic.titles = topic.titles | {"fr": "Zèbres"}
    topic.save()
    desk.post(page(topic), form(topic, title_en=""))
    topic.refresh_from_db()
    assert topic.titles == {"zh-hans": "斑马", "fr": "Zèbres"}


def test_a_rename_outlives_the_title_of_the_source(desk, topic, source):
    note = TopicNote.objects.create(source=source, topic=topic, language="en", title="Zebras", imported_title="Zebras")
    desk.post(page(topic), form(topic, title_en="Striped horses"))
    note.refresh_from_db()
    assert (note.title, note.imported_title) == ("Striped horses", "Zebras")
    topic.refresh_from_db()
    topic.gather_titles()
    assert topic.titles["en"] == "Striped horses"
    assert desk.post(page(topic), form(topic, title_en="")).status_code == 200


def test_a_topic_without_a_name(desk, topic):
    assert desk.post(page(topic), form(topic, **{"title_en": "", "title_zh-hans": " "})).status_code == 200


def test_a_new_topic_needs_only_a_name(desk, topic):
    for _ in range(2):
        data = form(Topic(), **{"title_zh-hans": "长颈鹿", "parent": topic.pk, "slug": "", "key": ""})
        assert desk.post(f"{LIST}add/", data).status_code == 302
    first, second = Topic.objects.filter(parent=topic)
    assert first.slug == "长颈鹿"
    assert second.slug.startswith("长颈鹿-")
    assert first.titles == second.titles == {"zh-hans": "长颈鹿"}
    assert first.path == f"/{topic.pk}/{first.pk}/"


def test_a_taken_address(desk, topic, lions):
    response = desk.post(page(lions), form(lions, slug="zebras"))
    assert "slug" in response.context["adminform"].form.errors


def test_what_holds_something_is_not_deleted(desk, topic, question):
    desk.post(f"{LIST}{topic.pk}/delete/", {"post": "yes"})
    assert Topic.objects.filter(pk=topic.pk).exists()


def test_a_topic_with_30_notes_asks_no_more_than_one_with_3(desk, topic):
    def queries_with(notes):
        for n in range(topic.notes.count(), notes):
            source = Source.objects.create(slug=f"s-{n}", title=f"S {n}", licence="MIT", mode="full", language="fr")
            TopicNote.objects.create(source=source, topic=topic, language="fr", title=f"T {n}", imported_title="T")
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(page(topic)).status_code == 200
        return len(captured)

    desk.get(page(topic))
    assert queries_with(3) == queries_with(30)
