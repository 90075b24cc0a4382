"""What search engines, feed readers and those who share a page are told, and what they are not."""

import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from django.contrib.staticfiles import finders
from django.utils import timezone
from PIL import Image

from interview_notes.sitemaps import Questions
from questions.models import Answer, Note, Source, Topic, TopicNote

SITE = "http://testserver"
VOID = {"meta", "link", "br", "img", "input", "hr", "path", "rect", "use", "circle", "col", "wbr"}


@pytest.fixture
def both(question):
    """A question with a note in English and one in Chinese."""
    Note.objects.create(
        source=question.notes.get().source,
        question=question,
        topic=question.topic,
        language="zh-hans",
        title="为什么有条纹？",
        imported_title="为什么有条纹？",
        answer="驱蝇。",
    )
    question.gather_titles()
    return question


@pytest.fixture
def published(question, ada):
    return Answer.objects.create(question=question, author=ada, language="en", text="Camouflage.", state="published")


def head(client, address):
    """The links and metas of a page: (rel or name, hreflang or "") → where to, or what."""
    page = client.get(address).content.decode()
    found = {}
    for tag in re.findall(r"<(?:link|meta)\b[^>]*>", page[: page.index("</head>")]):
        facts = dict(re.findall(r'([\w:-]+)="([^"]*)"', tag))
        kind = facts.get("rel") or facts.get("name") or facts.get("property")
        found.setdefault((kind, facts.get("hreflang", "")), facts.get("href") or facts.get("content"))
    return found


class Microdata(HTMLParser):
    """Items of a page, nested as they are: {"type", property: [text, link or item, …]}."""

    def __init__(self, page):
        super().__init__()
        self.items, self.open = [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attrs, entry = dict(attrs), [tag, None, None]
        scope = next((item for _tag, item, _words in reversed(self.open) if item is not None), None)
        if "itemscope" in attrs:
            entry[1] = {"type": attrs["itemtype"].removeprefix("https://schema.org/")}
            if "itemprop" not in attrs:
                self.items.append(entry[1])
        if "itemprop" in attrs:
            assert scope is not None, f"{attrs['itemprop']} is nobody's"
            entry[2] = scope.setdefault(attrs["itemprop"], [])
            value = entry[1] or attrs.get("content") or attrs.get("href") or ""
            entry[2].append(value)
        if tag not in VOID:
            self.open.append(entry)

    def handle_data(self, data):
        for _tag, _item, words in self.open:
            if words and isinstance(words[-1], str) and not words[-1].startswith(("/", "http")):
                words[-1] += data

    def handle_endtag(self, tag):
        while tag not in VOID and self.open and self.open.pop()[0] != tag:
            pass


def items(client, address):
    return {item["type"]: item for item in Microdata(client.get(address).content.decode()).items}


def locations(client, address):
    tree = ElementTree.fromstring(client.get(address).content)  # noqa: S314
    return [loc.text.removeprefix(SITE) for loc in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]


# --- Addresses of languages --------------------------------------------------------------------------------------


def test_each_language_of_a_question_has_its_address(client, both):
    address = SITE + both.get_absolute_url()
    told = head(client, both.get_absolute_url() + "?lang=en&reveal=1")
    assert told["canonical", ""] == f"{address}?lang=en"
    assert told["alternate", "en"] == f"{address}?lang=en"
    assert told["alternate", "zh-hans"] == f"{address}?lang=zh-hans"
    assert told["alternate", "x-default"] == address
    assert head(client, both.get_absolute_url())["canonical", ""] == f"{address}?lang=zh-hans"


def test_a_question_in_one_language_names_no_other(client, question):
    told = head(client, question.get_absolute_url() + "?lang=zh-hans")
    assert told["canonical", ""] == f"{SITE}{question.get_absolute_url()}?lang=en"
    assert not any(language for _kind, language in told)


@pytest.mark.parametrize("path", ["/", "/topics/", "/topics/zebras/", "/sources/", "/sources/zebra-notes/"])
def test_other_public_pages_come_in_both(client, question, path):
    told = head(client, path + "?lang=en")
    assert told["canonical", ""] == told["alternate", "en"] == f"{SITE}{path}?lang=en"
    assert told["alternate", "zh-hans"] == f"{SITE}{path}?lang=zh-hans"
    assert ("robots", "") not in told


def test_pages_of_a_list_are_told_apart(client, topic, make_question, monkeypatch):
    monkeypatch.setattr("questions.views.topics.A_PAGE", 1)
    make_question()
    make_question()
    response = client.get("/topics/zebras/?page=2&lang=en")
    assert "<title>Zebras · page 2 · " in response.content.decode()
    assert head(client, "/topics/zebras/?page=2")["canonical", ""] == f"{SITE}/topics/zebras/?lang=zh-hans&amp;page=2"


# --- Words -------------------------------------------------------------------------------------------------------


def test_the_first_words_of_the_answer_describe_a_question(client, both):
    told = head(client, both.get_absolute_url() + "?lang=en")
    assert told["description", ""] == told["og:description", ""] == "Flies dislike them."
    assert told["og:title", ""] == "Why stripes?"
    assert head(client, both.get_absolute_url())["description", ""] == "驱蝇。"


def test_an_introduction_describes_its_topic(client, topic, source):
    words = {
        "introduction": "All in **black and white**.",
        "introduction_html": "<p>All in <b>black and white</b>.</p>",
    }
    TopicNote.objects.create(
        source=source, topic=topic, language="en", title="Zebras", imported_title="Zebras", **words
    )
    assert head(client, "/topics/zebras/")["description", ""] == "All in black and white."


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_picture_is_there_in_each_language(client, both, language):
    address = head(client, f"/?lang={language}")["og:image", ""]
    assert address == f"{SITE}/static/img/share-{language}.png"
    with Image.open(finders.find(address.removeprefix(f"{SITE}/static/"))) as picture:
        assert picture.size == (1200, 630)


# --- Kept out ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    ["/me/", "/me/drafts/", "/accounts/email/", "/questions/{pk}/draft/", "/topics/zebras/?mark=answered", "/takedown/",
     "/nowhere/"],
)  # fmt: skip
def test_what_is_not_public_asks_not_to_be_listed(signed_in, ada, question, path):
    told = head(signed_in(ada), path.format(pk=question.pk))
    assert told["robots", ""] == "noindex"
    assert ("canonical", "") not in told


def test_a_retired_question_is_not_listed(signed_in, cleo, question):
    question.retired_at = timezone.now()
    question.save()
    assert head(signed_in(cleo), question.get_absolute_url())["robots", ""] == "noindex"


@pytest.mark.parametrize("state", ["pending", "returned", "withdrawn"])
def test_an_answer_that_is_not_published_is_not_listed(signed_in, ada, published, state):
    assert ("robots", "") not in head(signed_in(ada), published.get_absolute_url())
    published.state = state
    published.save()
    assert head(signed_in(ada), published.get_absolute_url())["robots", ""] == "noindex"


def test_robots_are_told_where_not_to_go_and_where_the_map_is(client, db):
    told = client.get("/robots.txt")
    assert told["Content-Type"] == "text/plain"
    assert "Disallow: /accounts/\n" in told.text
    assert f"Sitemap: {SITE}/sitemap.xml\n" in told.text


# --- Structured data ---------------------------------------------------------------------------------------------


def test_a_question_with_its_answers(client, both, published):
    told = items(client, both.get_absolute_url() + "?lang=en")
    question = told["QAPage"]["mainEntity"][0]
    assert (question["type"], question["name"], question["answerCount"]) == ("Question", ["Why stripes?"], ["2"])
    accepted, suggested = question["acceptedAnswer"][0], question["suggestedAnswer"][0]
    assert accepted["text"][0].strip() == "Flies dislike them."
    assert accepted["author"][0]["name"] == ["Zoe"]
    assert accepted["license"] == ["CC-BY-4.0"]
    assert suggested["text"][0].strip() == "Camouflage."
    assert suggested["author"][0]["name"] == ["ada"]
    assert suggested["url"] == [published.get_absolute_url()]
    trail = [step["name"][0] for step in told["BreadcrumbList"]["itemListElement"]]
    assert trail[1:] == ["Zebras"]


@pytest.mark.parametrize("state", ["pending", "returned", "withdrawn"])
def test_what_is_not_published_is_not_described(client, signed_in, ada, cleo, question, published, state):
    published.state = state
    published.save()
    for browser in (client, signed_in(ada), signed_in(cleo)):
        told = items(browser, question.get_absolute_url())["QAPage"]["mainEntity"][0]
        assert "suggestedAnswer" not in told
        assert told["answerCount"] == ["1"]


def test_what_was_taken_down_is_not_described(client, take_down, question):
    take_down(question.notes.get())
    told = items(client, question.get_absolute_url())["WebPage"]["mainEntity"][0]
    assert not {"acceptedAnswer", "suggestedAnswer", "text"} & told.keys()
    assert "Flies" not in client.get(question.get_absolute_url()).content.decode()


@pytest.mark.parametrize("path", ["/", "/topics/zebras/", "/sources/zebra-notes/", "/answers/{pk}/"])
def test_no_property_is_without_its_item(client, published, path):
    items(client, path.format(pk=published.pk))


# --- Sitemaps ----------------------------------------------------------------------------------------------------


def test_the_map_leads_to_every_public_page(client, both):
    sections = locations(client, "/sitemap.xml")
    assert len(sections) == 8
    everything = [address for section in sections for address in locations(client, section)]
    own = both.get_absolute_url()
    assert {f"{own}?lang=en", f"{own}?lang=zh-hans", "/?lang=en", "/topics/zebras/?lang=en"} <= set(everything)
    assert all(client.get(address).status_code == 200 for address in everything)


def test_entries_name_their_other_languages(client, both):
    page = client.get("/sitemap-questions-en.xml").text
    address = SITE + both.get_absolute_url()
    for code, where in {"en": "?lang=en", "zh-hans": "?lang=zh-hans", "x-default": ""}.items():
        assert f'hreflang="{code}" href="{address}{where}"' in page
    assert f"<lastmod>{timezone.localtime():%Y-%m-%d}</lastmod>" in page


def test_what_is_hidden_is_not_on_the_map(client, make_question):
    gone, merged, kept = make_question("Gone?"), make_question("Merged?"), make_question("Kept?")
    gone.retired_at = timezone.now()
    gone.save()
    merged.merged_into = kept
    merged.save()
    assert locations(client, "/sitemap-questions-en.xml") == [f"{kept.get_absolute_url()}?lang=en"]
    assert locations(client, "/sitemap-questions-zh-hans.xml") == []
    Topic.objects.update(retired_at=timezone.now())
    assert locations(client, "/sitemap-topics-en.xml") == []


def test_long_maps_have_pages(client, make_question, monkeypatch):
    monkeypatch.setattr(Questions, "limit", 2)
    for _ in range(3):
        make_question()
    assert "/sitemap-questions-en.xml?p=2" in locations(client, "/sitemap.xml")
    assert len(locations(client, "/sitemap-questions-en.xml?p=2")) == 1


@pytest.mark.parametrize("name", ["nonsense.xml", "questions-en.xml?p=99", "pages-en.xml?p=x"])
def test_no_such_map(client, db, name):
    assert client.get(f"/sitemap-{name}").status_code == 404


@pytest.mark.parametrize("rows", [3, 30])
def test_queries_of_a_map(client, make_question, django_assert_num_queries, rows):
    for _ in range(rows):
        make_question()
    Source.objects.create(slug="other", title="Other", licence="MIT", mode="full", language="en")
    with django_assert_num_queries(3):
        client.get("/sitemap-questions-en.xml")
    with django_assert_num_queries(8):
        client.get("/sitemap.xml")
