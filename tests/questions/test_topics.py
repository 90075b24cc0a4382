"""Home, the list of topics, and one topic."""

import pytest
from django.utils import timezone

from progress.models import Answered, Bookmark, Draft
from questions.models import Answer, Topic


@pytest.fixture
def shelf(db):
    """Makes a topic, by itself or below another."""

    def make(name, **facts):
        return Topic.objects.create(key=name, slug=name, titles={"en": name.title()}, **facts)

    return make


@pytest.fixture
def tree(topic, shelf, make_question):
    """Zebras (Stripes (Colours), Herds), Lions; two questions on Stripes, one on Colours, one on Lions."""
    stripes = shelf("stripes", parent=topic)
    herds = shelf("herds", parent=topic, position=1)
    colours = shelf("colours", parent=stripes)
    lions = shelf("lions", position=5)
    return {
        "topics": {"stripes": stripes, "herds": herds, "colours": colours, "lions": lions},
        "questions": [
            make_question("Why stripes?", on=stripes),
            make_question("How many?", on=stripes),
            make_question("Why black?", on=colours),
            make_question("Why manes?", on=lions),
        ],
    }


def titles(questions):
    return [question.title for question in questions]


# --- Home and the list of topics ---------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/topics/"])
def test_shows_the_tree_with_counts(client, tree, path):
    response = client.get(path)
    assert response.status_code == 200
    zebras, lions = response.context["topics"]
    assert (str(zebras), zebras.total, str(lions), lions.total) == ("斑马", 3, "Lions", 1)
    assert [(str(node), node.total) for node in zebras.children_nodes] == [("Stripes", 3), ("Herds", 0)]
    assert response.context["totals"].total == 4
    assert zebras.answered == zebras.bookmarked == zebras.drafts == 0


@pytest.mark.parametrize("path", ["/", "/topics/"])
def test_counts_a_readers_own_marks_only(signed_in, ada, bo, tree, path):
    stripes, how_many, black, manes = tree["questions"]
    Answered.objects.create(user=ada, question=black)
    Answered.objects.create(user=ada, question=manes)
    Bookmark.objects.create(user=ada, question=how_many)
    Draft.objects.create(user=ada, question=stripes, text="Flies")
    Draft.objects.create(user=ada, question=black, text="")
    Answered.objects.create(user=bo, question=stripes)
    totals = signed_in(ada).get(path).context["totals"]
    assert (totals.total, totals.answered, totals.bookmarked, totals.drafts) == (4, 2, 1, 1)
    zebras = signed_in(ada).get(path).context["topics"][0]
    assert (zebras.total, zebras.answered, zebras.bookmarked, zebras.drafts) == (3, 1, 1, 1)


def test_home_of_an_empty_site(client, db):
    assert client.get("/").context["topics"] == []


def test_home_offers_what_is_next_and_the_last_drafts(signed_in, ada, tree):
    stripes, _how_many, _black, manes = tree["questions"]
    Answered.objects.create(user=ada, question=stripes)
    Draft.objects.create(user=ada, question=manes, text="Sun")
    context = signed_in(ada).get("/").context
    assert titles(context["next_up"]) == ["How many?", "Why black?", "Why manes?"]
    assert context["next_up"][2].marks.drafted
    assert [draft.question for draft in context["recent_drafts"]] == [manes]


def test_home_offers_five_at_most_and_keeps_follow_ups_behind_their_parent(signed_in, ada, make_question):
    first, *others = [make_question(f"Q{n}") for n in range(7)]
    others[-1].parent = first
    others[-1].save()
    assert titles(signed_in(ada).get("/").context["next_up"]) == ["Q0", "Q6", "Q1", "Q2", "Q3"]


def test_retired_topics_and_questions_are_not_browsed(client, tree):
    tree["topics"]["lions"].retired_at = timezone.now()
    tree["topics"]["lions"].save()
    tree["questions"][0].retired_at = timezone.now()
    tree["questions"][0].save()
    (zebras,) = client.get("/topics/").context["topics"]
    assert zebras.total == 2


def test_marks_on_retired_questions_do_not_count_as_progress(signed_in, ada, make_question):
    retired, _live = make_question(), make_question()
    for kind in (Answered, Bookmark):
        kind.objects.create(user=ada, question=retired)
    retired.retired_at = timezone.now()
    retired.save()
    totals = signed_in(ada).get("/").context["totals"]
    assert (totals.total, totals.answered, totals.bookmarked) == (1, 0, 0)


@pytest.mark.parametrize("path", ["/", "/topics/", "/topics/zebras/"])
def test_reading_pages_take_no_post(client, topic, path):
    assert client.post(path).status_code == 405


# --- One topic ---------------------------------------------------------------------------------------------------


def test_topic_groups_its_branch_in_tree_order(client, topic, tree):
    context = client.get("/topics/zebras/").context
    assert [(str(group["topic"]), group["depth"], titles(group["questions"])) for group in context["groups"]] == [
        ("Stripes", 1, ["Why stripes?", "How many?"]),
        ("Colours", 2, ["Why black?"]),
    ]
    assert context["topic"] == topic
    assert context["ancestors"] == []
    assert (context["siblings"]["previous"], str(context["siblings"]["next"])) == (None, "Lions")


def test_topic_says_where_it_stands(client, topic, tree):
    context = client.get("/topics/colours/").context
    assert context["ancestors"] == [topic, tree["topics"]["stripes"]]
    assert context["groups"][0]["depth"] == 0


def test_topic_rows_say_who_answers(client, ada, bo, topic, make_question):
    silent, told = make_question("Silent?", answer=""), make_question("Told?")
    for author, state in ((ada, "published"), (bo, "published"), (bo, "pending")):
        Answer.objects.create(question=told, author=author, language="en", text="x", state=state)
    rows = {question.title: question for question in client.get("/topics/zebras/").context["groups"][0]["questions"]}
    assert not rows["Silent?"].has_answer
    assert rows["Told?"].has_answer
    assert (rows["Silent?"].answer_count, rows["Told?"].answer_count) == (0, 2)
    assert not silent.is_follow_up


def test_topic_with_a_chinese_address(client, shelf):
    topic = shelf("大模型-基础")
    assert client.get(topic.get_absolute_url()).status_code == 200
    assert client.get("/topics/大模型-基础/").status_code == 200


def test_topic_pages_of_a_hundred(client, topic, make_question):
    for n in range(101):
        make_question(f"Q{n:03}")
    first, last = client.get("/topics/zebras/"), client.get("/topics/zebras/?page=2")
    assert len(first.context["groups"][0]["questions"]) == 100
    assert titles(last.context["groups"][0]["questions"]) == ["Q100"]
    for page, shown in (("99", 2), ("nonsense", 1), ("-3", 2), ("9" * 5000, 1)):
        assert client.get("/topics/zebras/", {"page": page}).context["page"].number == shown, page[:9]


@pytest.mark.parametrize(
    ("mark", "left"),
    [
        ("", ["Why stripes?", "How many?", "Why black?"]),
        ("answered", ["Why stripes?"]),
        ("unanswered", ["How many?", "Why black?"]),
        ("bookmarked", ["How many?"]),
        ("draft", ["Why black?"]),
    ],
)
def test_topic_filtered_by_mark(signed_in, ada, bo, tree, mark, left):
    stripes, how_many, black, _manes = tree["questions"]
    Answered.objects.create(user=ada, question=stripes)
    Bookmark.objects.create(user=ada, question=how_many)
    Draft.objects.create(user=ada, question=black, text="Sun")
    Draft.objects.create(user=ada, question=how_many, text="")
    Bookmark.objects.create(user=bo, question=stripes)
    context = signed_in(ada).get("/topics/zebras/", {"mark": mark}).context
    assert [title for group in context["groups"] for title in titles(group["questions"])] == left
    assert [(each["value"], each["count"], each["current"]) for each in context["filters"]] == [
        ("", 3, mark == ""),
        ("unanswered", 2, mark == "unanswered"),
        ("answered", 1, mark == "answered"),
        ("bookmarked", 1, mark == "bookmarked"),
        ("draft", 1, mark == "draft"),
    ]


def test_topic_filter_asks_to_sign_in_and_comes_back(client, topic):
    response = client.get("/topics/zebras/?mark=draft")
    assert response.status_code == 302
    assert response.url == "/accounts/login/?next=/topics/zebras/%3Fmark%3Ddraft"


@pytest.mark.parametrize("mark", ["secret", "x" * 10_000, "draft\x00", "\ud800".encode("utf-8", "surrogatepass")])
def test_topic_filter_that_is_not_known(client, signed_in, ada, topic, mark):
    assert client.get("/topics/zebras/", {"mark": mark}).status_code == 400
    assert signed_in(ada).get("/topics/zebras/", {"mark": mark}).status_code == 400


@pytest.mark.parametrize("slug", ["lions", "0", "%00", "x" * 3000, "zebras%2F..", "%ED%A0%80"])
def test_topic_that_does_not_exist(client, topic, slug):
    assert client.get(f"/topics/{slug}/").status_code == 404


def test_retired_topic_is_shown_to_those_who_keep_something_there(signed_in, ada, bo, client, topic, question):
    topic.retired_at = question.retired_at = timezone.now()
    topic.save()
    question.save()
    Bookmark.objects.create(user=ada, question=question)
    assert client.get("/topics/zebras/").status_code == 404
    assert signed_in(bo).get("/topics/zebras/").status_code == 404
    context = signed_in(ada).get("/topics/zebras/").context
    assert context["groups"][0]["questions"] == [question]


# --- As many queries for thirty as for three ---------------------------------------------------------------------


@pytest.mark.parametrize("rows", [3, 30])
@pytest.mark.parametrize(("path", "queries"), [("/", 8), ("/topics/", 5), ("/topics/zebras/", 9)])
def test_queries(signed_in, ada, shelf, topic, make_question, django_assert_num_queries, path, queries, rows):
    for n in range(rows):
        below = shelf(f"shelf-{n}", parent=topic)
        for kind in (Answered, Bookmark, Draft):
            kind.objects.create(user=ada, question=make_question(on=below), **({"text": "x"} if kind is Draft else {}))
    browser = signed_in(ada)
    with django_assert_num_queries(queries):
        browser.get(path)


def test_queries_signed_out(client, topic, question, django_assert_num_queries):
    with django_assert_num_queries(2):
        client.get("/")
    with django_assert_num_queries(5):
        client.get("/topics/zebras/")
