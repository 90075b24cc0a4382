"""What is exported is imported again without a change."""

from dataclasses import dataclass

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from questions.exporting import canonical_files, ends_before_a_heading
from questions.importing.apply import apply
from questions.importing.plan import make_plan
from questions.importing.provenance import source_for
from questions.importing.reading import Reading
from questions.markdown.reading.notes import read_notes
from questions.models import Note, Question, Source, Topic, TopicNote
from tests.importing.conftest import changes


def plan_of(files, **options):
    reading = Reading("notes", files=files)
    notes = read_notes(files)
    source, _ = source_for(notes, reading, **({"slug": "animals"} | options))
    return make_plan(source, notes, reading)


def imported(files):
    plan = plan_of(files, licence="MIT", language="en")
    apply(plan)
    return plan.source


def assert_comes_back(source):
    files = canonical_files(source)
    plan = plan_of(files)
    assert changes(plan) == {}
    assert [problem.message for problem in plan.notes.problems + plan.problems] == []
    apply(plan)
    assert canonical_files(source) == files


def test_notes_of_any_form_come_back(notes):
    notes.sync()
    source = Source.objects.get()
    assert list(canonical_files(source)) != []
    assert_comes_back(source)


def test_edits_made_here_come_back(notes):
    notes.sync()
    note = Note.objects.exclude(answer="").first()
    note.title, note.answer = "Why *stripes*?", "Edited **here**."
    note.save()
    topic = TopicNote.objects.first()
    topic.title = "Striped horses"
    topic.save()
    topic.topic.gather_titles()
    assert_comes_back(Source.objects.get())


def test_follow_ups_in_another_topic_come_back(db):
    index = (
        "- **[Z](z.md)**\n  - [ ] Why stripes?\n    - [ ] 1.1 Flies\n      - [ ] Which flies?\n      - [ ] Why flies?\n"
    )
    source = imported({"README.md": index, "z.md": "# Z\n"})
    assert any("follows=" in text for text in canonical_files(source).values())
    assert_comes_back(source)


TITLES = (
    st.text("ab?*_`[](){}#<>&!~|\\1. 面试：", min_size=1, max_size=12)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda t: any(map(str.isalnum, t)))
)
ANSWERS = st.lists(
    st.sampled_from(
        ["", "words", "**bold**", "- item", "1. one", "# Heading", "## Heading {#no}", "```", "    code", "> quote",
         "---", "| a | b |", "$x_i$", "<details>", "</details>", "<!--", "[link](x.md)", "TODO", "\\", "文字"]
    ),
    max_size=8,
).map("\n".join).filter(ends_before_a_heading)  # fmt: skip


@dataclass
class Asked:
    title: str
    answer: str
    depth: int


QUESTIONS = st.lists(st.builds(Asked, TITLES, ANSWERS, st.integers(0, 6)), max_size=5)
TOPICS = st.lists(st.tuples(TITLES, QUESTIONS), min_size=1, max_size=3)


@pytest.mark.django_db
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(TOPICS)
def test_any_notes_come_back(topics):
    Source.objects.all().delete()
    source = Source.objects.create(slug="animals", title="Animals", licence="MIT", mode="full", language="en")
    build(source, topics)
    assert_comes_back(source)


def build(source, topics):
    """Rows as an import of notes in some other form might have made them."""
    Note.objects.all().delete()
    Question.objects.all().delete()
    Topic.objects.all().delete()
    position = 0
    for t, (title, questions) in enumerate(topics):
        topic = Topic.objects.create(key=f"t{t}", slug=f"t{t}", titles={"en": title}, position=t)
        TopicNote.objects.create(
            source=source,
            topic=topic,
            language="en",
            title=title,
            imported_title=title,
            trail=[title],
            position=t,
            file="x.md",
        )
        above = []
        for asked in questions:
            parent = above[min(asked.depth, len(above)) - 1] if asked.depth and above else None
            key = f"q{position}"
            question = Question.objects.create(
                key=key, slug=key, topic=topic, parent=parent, titles={"en": asked.title}, position=position
            )
            note = Note(
                source=source, question=question, topic=topic, parent=parent, language="en", title=asked.title,
                imported_title=asked.title, answer=asked.answer.strip("\n"), trail=[title], position=position,
                file="x.md",
            )  # fmt: skip
            note.save()
            position += 1
            above = [*above[: asked.depth], question]


def test_a_fence_that_is_never_closed_swallows_no_question(db):
    source = Source.objects.create(slug="animals", title="Animals", licence="MIT", mode="full", language="en")
    build(source, [("Zebras", [Asked("Why?", "```python\nstripes", 0), Asked("How?", "So.", 0)])])
    plan = plan_of(canonical_files(source))
    assert [question.title for question in plan.notes.questions] == ["Why?", "How?"]
    assert plan.notes.questions[0].answer == "```python\nstripes\n```"


def test_the_command_writes_every_source(notes, tmp_path, capsys):
    notes.sync()
    call_command("export_notes", str(tmp_path / "out"))
    assert (tmp_path / "out" / "animals" / "README.md").read_text().startswith("---\nsource: animals\n")
    call_command("export_notes", str(tmp_path / "one"), "--source", "animals")
    assert (tmp_path / "one" / "README.md").exists()


def test_the_command_overwrites_nothing(notes, tmp_path):
    notes.sync()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "x.md").write_text("mine")
    with pytest.raises(CommandError, match="not an empty folder"):
        call_command("export_notes", str(tmp_path / "mine"))
    with pytest.raises(CommandError, match="Known: animals"):
        call_command("export_notes", str(tmp_path / "new"), "--source", "nobody")
