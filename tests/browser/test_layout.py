"""Words that nobody should write, and that somebody does: no page becomes wider than its window."""

import pytest

from progress.models import Answered, Bookmark, Draft
from questions.models import Answer, Source, Topic
from tests.browser.looking import wider
from tests.browser.world import furnish

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.browser.urls")]

LONG = "为什么大模型需要位置编码？" * 770  # 10,000 characters
UNBROKEN = "x" * 5_000
RIGHT_TO_LEFT = "لماذا تحتاج النماذج اللغوية الكبيرة إلى ترميز الموضع؟ RoPE (2021) و ALiBi"
EMOJI = "🦓🧠🤖👩‍👩‍👧‍👦" * 20
TABLE = "| n | 方法 | 值 |\n|--|--|--|\n" + "".join(f"| {n} | row-{n} | {n * n} |\n" for n in range(300))
BIG = "一段很长的**回答**，with `code` and $x_1$.\n\n" * 5_000  # 200 kB


@pytest.fixture
def bad_world(db):
    """The small site again, with what a careless or a hostile source may bring."""
    world = furnish()
    world.bad = [
        world.question(LONG, BIG),
        world.question(UNBROKEN, f"{UNBROKEN}\n\n`{UNBROKEN}`\n\n## {UNBROKEN}\n\n- {UNBROKEN}\n\n> {UNBROKEN}"),
        world.question(RIGHT_TO_LEFT, f"{RIGHT_TO_LEFT}\n\n1. {RIGHT_TO_LEFT}", language="zh-hans"),
        world.question(EMOJI, EMOJI),
        world.question("A table of 300 rows?", TABLE),
        world.question(f"A follow-up? {UNBROKEN}", TABLE, parent=world.rich),
    ]
    world.ada.username = "a" * 150
    world.ada.save()
    for question in world.bad:
        for kind in (Answered, Bookmark):
            kind.objects.create(user=world.bo, question=question)
        Draft.objects.create(user=world.bo, question=question, text=UNBROKEN)
        for state in ("pending", "published"):
            Answer.objects.create(
                question=question, author=world.ada, language="en", text=f"{UNBROKEN} {RIGHT_TO_LEFT}", state=state
            )
    world.shelf = Topic.objects.create(key="bad", slug="bad", titles={"en": UNBROKEN, "zh-hans": EMOJI}, position=9)
    world.question("On a bad shelf?", on=world.shelf)
    Source.objects.filter(pk=world.source.pk).update(title="s" * 300, author="z" * 300)
    return world


def of_readers(world):
    for n, question in enumerate(world.bad):
        yield f"question {n}", f"{question.get_absolute_url()}?reveal=1"
        yield f"draft {n}", f"/questions/{question.pk}/draft/"
    yield "follow-ups", world.rich.get_absolute_url()
    yield "topic", world.topic.get_absolute_url()
    yield "bad topic", world.shelf.get_absolute_url()
    yield "answer", world.bad[1].answers.get(state="published").get_absolute_url()
    yield "source", world.source.get_absolute_url()
    for name in ("", "topics/", "sources/", "me/", "me/answered/", "me/bookmarks/", "me/drafts/", "me/answers/"):
        yield f"/{name}", f"/{name}"
    for query in ("位置编码", "x", "🦓", "لماذا", UNBROKEN[:100]):
        yield f"search {query[:4]}", f"/search/?q={query}"


def at_the_desk(world):
    for model in ("question", "note", "answer", "topic", "source"):
        yield model, f"/admin/questions/{model}/"
    for n, question in enumerate(world.bad):
        yield f"question {n}", f"/admin/questions/question/{question.pk}/change/"
        yield f"note {n}", f"/admin/questions/note/{question.notes.get().pk}/change/"
        yield f"answer {n}", f"/admin/questions/answer/{question.answers.get(state='pending').pk}/change/"


@pytest.mark.parametrize(("person", "addresses"), [("bo", of_readers), ("cleo", at_the_desk)])
def test_bad_input_holds_the_layout(people, bad_world, person, addresses):
    page = people(person, language="en", user=getattr(bad_world, person))
    found = {}
    for name, address in addresses(bad_world):
        assert page.goto(address).status == 200, name
        if sticks_out := wider(page, [320, 360, 1440]):
            found[name] = sticks_out
