"""Both languages hold the same topics and questions, and those of the index that the notes grew from."""

from collections import Counter
from itertools import chain

from content.checks.notes import CONTENT, Finding

INDEX = CONTENT / "checks" / "index.txt"
LEAST = 145 + 37 + 160  # main questions: the index, the three topics it leaves empty, and what it lacks
LEAST_IN = {"hardware": 10, "memory": 12, "distributed-training": 15}


def findings(languages):
    for language in languages:
        yield from _unique(language)
        yield from _enough(language)
        yield from _indexed(language)
    yield from _equal(*languages)


def _unique(language):
    items = chain(language.notes.topics, language.notes.questions)
    counts = Counter(item.key for item in items if item.file != "README.md")
    for item in chain(language.notes.topics, language.notes.questions):
        file = f"content/{language.code}/{item.file}"
        if not item.key:
            yield Finding(file, item.line, f"“{item.title}” has no key: write {{#key}} after it.")
        elif counts[item.key] > 1:
            yield Finding(file, item.line, f"The key {item.key} stands {counts[item.key]} times: choose another.")


def _enough(language):
    readme = f"content/{language.code}/README.md"
    counts = Counter(entry.question.file for entry in language.entries if entry.is_main)
    if counts.total() < LEAST:
        yield Finding(readme, 1, f"{counts.total()} main questions, which should be {LEAST} at least.")
    for topic, least in LEAST_IN.items():
        if (count := counts[f"{topic}.md"]) < least:
            yield Finding(readme, 1, f"{topic} has {count} main questions, which should be {least} at least.")


def read_index():
    """(number in the index, key) of each of its entries. Questions that the index groups are a topic of ours."""
    for line in INDEX.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            number, key = line.rsplit(maxsplit=1)
            yield number, key


def _indexed(language):
    there = {item.key for item in chain(language.notes.topics, language.notes.questions)}
    for number, key in read_index():
        if key not in there:
            yield Finding(f"content/{language.code}/README.md", 1, f"Number {number} of the index, {key}, is missing.")


def _equal(one, other):
    """The same keys in the same order, with the same parents, topics and difficulty."""
    for here, there in ((one, other), (other, one)):
        shapes = _shapes(there)
        for item, shape in zip(_items(here), _shapes(here).items(), strict=False):
            key, said = shape
            file = f"content/{here.code}/{item.file}"
            if key not in shapes:
                yield Finding(file, item.line, f"{key} is not in content/{there.code}: write it there too.")
            elif said != shapes[key] and here is one:
                yield Finding(file, item.line, f"{key} is {said} here and {shapes[key]} in content/{there.code}.")
    if list(_shapes(one)) != list(_shapes(other)) and set(_shapes(one)) == set(_shapes(other)):
        pairs = zip(_items(one), _shapes(one), _shapes(other), strict=False)
        item, key, instead = next(pair for pair in pairs if pair[1] != pair[2])
        message = f"{key} stands where content/{other.code} has {instead}: use one order."
        yield Finding(f"content/{one.code}/{item.file}", item.line, message)


def _items(language):
    return [*language.notes.topics, *language.notes.questions]


def _shapes(language):
    """Key → what must be the same in every language."""
    topics = language.notes.topics
    shapes = {
        topic.key: f"a topic of {topic.file} below {topics[topic.parent].key if topic.parent is not None else 'none'}"
        for topic in topics
    }
    for question in language.notes.questions:
        shapes[question.key] = (
            f"a question of {language.topic_key(question)}, difficulty {question.difficulty}, "
            f"follow-up of {language.parent_key(question) or 'none'}"
        )
    return shapes
