"""Feeds: new questions, those of a topic, and what curators have published."""

from xml.etree import ElementTree

import pytest
from django.utils import timezone

from questions.models import Answer, Note, Topic

ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = ["/feeds/questions/", "/feeds/answers/", "/topics/zebras/feed/"]


def entries(client, address):
    """[(title, link, summary)] of a feed."""
    tree = ElementTree.fromstring(client.get(address).content)  # noqa: S314
    return [
        (entry.findtext(f"{ATOM}title"), entry.find(f"{ATOM}link").get("href"), entry.findtext(f"{ATOM}summary"))
        for entry in tree.iter(f"{ATOM}entry")
    ]


def titles(client, address):
    return [title for title, _link, _summary in entries(client, address)]


def answer(question, author, state="published", **facts):
    facts = {"language": "en", "text": "**Camouflage.**", "decided_at": timezone.now()} | facts
    return Answer.objects.create(question=question, author=author, state=state, **facts)


# --- Works -------------------------------------------------------------------------------------------------------


def test_new_questions(client, make_question):
    make_question("First?")
    second = make_question("Why $x_1$ & <b>?", answer="Because **so**.")
    second.entitle(second.titles)
    second.save()
    (title, link, summary), (before, _link, _summary) = entries(client, "/feeds/questions/?lang=en")
    assert (title, before) == ("Why x_1 & <b>?", "First?")
    assert link == f"http://testserver{second.get_absolute_url()}?lang=en"
    assert summary == "Because so."


def test_new_answers(client, ada, bo, question):
    answer(question, ada)
    later = answer(question, bo, text="Cooling.")
    found = entries(client, "/feeds/answers/?lang=en")
    assert [title for title, _link, _summary in found] == ["Answer by bo: Why stripes?", "Answer by ada: Why stripes?"]
    assert found[0][1:] == (f"http://testserver{later.get_absolute_url()}?lang=en", "Cooling.")


def test_a_topic_tells_of_itself_and_of_what_is_below(client, topic, make_question):
    below = Topic.objects.create(key="below", slug="below", parent=topic)
    beside = Topic.objects.create(key="beside", slug="beside")
    make_question("Here?")
    make_question("Below?", on=below)
    make_question("Beside?", on=beside)
    assert titles(client, "/topics/zebras/feed/") == ["Below?", "Here?"]
    assert client.get("/topics/lions/feed/").status_code == 404


@pytest.mark.parametrize("path", FEEDS)
def test_in_the_language_of_the_address(client, question, path):
    Note.objects.create(
        source=question.notes.get().source, question=question, topic=question.topic, language="zh-hans",
        title="为什么有条纹？", imported_title="为什么有条纹？", answer="驱蝇。",
    )  # fmt: skip
    question.gather_titles()
    english, chinese = client.get(f"{path}?lang=en").text, client.get(path).text
    assert 'xml:lang="en"' in english
    assert 'xml:lang="zh-hans"' in chinese
    assert "Interview Notes</title>" in english
    assert "面试笔记" in chinese
    assert "为什么" not in english
    assert "Why" not in chinese


@pytest.mark.parametrize("path", FEEDS)
def test_says_that_nothing_is_new(client, question, ada, path):
    answer(question, ada)
    first = client.get(path)
    assert first["Last-Modified"]
    assert first["Content-Type"].startswith("application/atom+xml")
    again = client.get(path, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.post(path).status_code == 405


# --- Nothing hidden ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["pending", "returned", "withdrawn"])
def test_answers_that_are_not_published(client, signed_in, ada, cleo, question, state):
    answer(question, ada, state)
    assert entries(client, "/feeds/answers/") == entries(signed_in(cleo), "/feeds/answers/") == []


def test_retired_and_merged_questions(client, signed_in, cleo, ada, make_question):
    gone, merged, kept = make_question("Gone?"), make_question("Merged?"), make_question("Kept?")
    gone.retired_at = timezone.now()
    gone.save()
    merged.merged_into = kept
    merged.save()
    answer(gone, ada)
    answer(merged, ada)
    for browser in (client, signed_in(cleo)):
        assert titles(browser, "/feeds/questions/") == titles(browser, "/topics/zebras/feed/") == ["Kept?"]
        assert entries(browser, "/feeds/answers/") == []


def test_what_was_taken_down(client, take_down, ada, make_question):
    question, other = make_question(), make_question("Other?", answer="It is not known.")
    take_down(question.notes.get(), takes_titles=True)
    take_down(answer(other, ada, text="Stolen words, all of them."))
    assert titles(client, "/feeds/questions/") == ["Other?"]
    assert entries(client, "/feeds/answers/") == []
    assert "Flies" not in client.get("/feeds/questions/?lang=en").text


# --- Bad input ---------------------------------------------------------------------------------------------------


def test_characters_that_xml_cannot_write(client, ada, make_question):
    question = make_question("Bell\x07 and\ufffe \U0001f600?", answer="Ding\x08.")
    answer(question, ada, text="Dong\x1b.")
    assert titles(client, "/feeds/questions/") == ["Bell and \U0001f600?"]
    assert entries(client, "/feeds/answers/?lang=en")[0][0] == "Answer by ada: Bell and \U0001f600?"


# --- As many queries for thirty as for three ---------------------------------------------------------------------


@pytest.mark.parametrize("rows", [3, 30])
def test_queries(client, ada, make_question, django_assert_num_queries, rows):
    for _ in range(rows):
        answer(make_question(), ada)
    for path, queries in zip(FEEDS, (2, 1, 3), strict=True):
        with django_assert_num_queries(queries):
            client.get(path)
