"""The cast: ada (contributor), bo (reader), cy (stranger), cleo (curator) and nobody, and a shelf of questions."""

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from questions import takedown as takedown_verbs
from questions.models import Note, Question, Source, Takedown, Topic


@pytest.fixture(autouse=True)
def fresh_cache():
    cache.clear()


def person(name, **facts):
    return get_user_model().objects.create_user(name, f"{name}@example.org", "correct horse", **facts)


@pytest.fixture
def ada(db):
    return person("ada")


@pytest.fixture
def bo(db):
    return person("bo")


@pytest.fixture
def cy(db):
    return person("cy")


@pytest.fixture
def cleo(db):
    return person("cleo", is_staff=True, is_superuser=True)


@pytest.fixture
def signed_in():
    """signed_in(ada): a browser of hers."""

    def open_browser(user):
        client = Client()
        client.force_login(user)
        return client

    return open_browser


@pytest.fixture
def source(db):
    return Source.objects.create(
        slug="zebra-notes",
        title="Zebra notes",
        author="Zoe",
        licence="CC-BY-4.0",
        mode="full",
        language="en",
        url="https://example.org/zebras",
    )


@pytest.fixture
def topic(db):
    return Topic.objects.create(key="zebras", slug="zebras", titles={"en": "Zebras", "zh-hans": "斑马"})


@pytest.fixture
def make_question(source, topic):
    """Adds one more question with a note in English to the shelf, and returns it."""

    def make(title="Why stripes?", answer="**Flies** dislike them.", on=None, **facts):
        n = Question.objects.count() + 1
        shelf = on or topic
        question = Question.objects.create(
            key=f"zebra-{n}", slug=f"zebra-{n}", topic=shelf, position=n, titles={"en": title}, **facts
        )
        Note.objects.create(
            source=source,
            question=question,
            topic=shelf,
            language="en",
            title=title,
            imported_title=title,
            answer=answer,
            position=n,
            file="zebras.md",
            line=n,
        )
        return question

    return make


@pytest.fixture
def question(make_question):
    return make_question()


@pytest.fixture
def take_down(cleo):
    """take_down(thing, …, takes_titles=True): Cleo upholds a complaint about them."""

    def uphold(*things, rights_holder="Zebra Press", **options):
        takedown = Takedown.objects.create(
            name="Zoe Zebra",
            email="zoe@example.org",
            rights_holder=rights_holder,
            work="My book",
            addresses="/",
            in_good_faith=True,
            language="en",
            site="http://testserver/",
            state="open",
            verified_at=timezone.now(),
        )
        takedown_verbs.add_targets(takedown, things)
        takedown_verbs.uphold(takedown, cleo, **options)
        takedown.refresh_from_db()
        return takedown

    return uphold
