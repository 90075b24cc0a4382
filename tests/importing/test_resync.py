"""What happens to questions, and to what readers hang on them, when the notes change."""

from uuid import uuid4

import pytest
from django.utils import timezone

from progress.models import Answered, Bookmark, Card, Draft, Review
from progress.practising import rate
from questions.importing.apply import apply
from questions.importing.reading import Refused
from questions.models import Answer, Conflict, Import, Note, Question, Topic
from tests.importing.conftest import ZEBRAS, changes

STRIPES = "Why do zebras have stripes?"


@pytest.fixture
def marked(notes, bo):
    """Imports the notes, hangs every kind of mark on the first question, and returns it."""
    notes.sync()
    question = notes.question(STRIPES)
    Bookmark.objects.create(user=bo, question=question)
    Answered.objects.create(user=bo, question=question)
    Draft.objects.create(user=bo, question=question, text="Because of flies.")
    Answer.objects.create(author=bo, question=question, language="en", text="Because of flies.")
    rate(bo, question, Review.Rating.GOOD, timezone.now(), uuid4())
    return question


def marks_of(question):
    kinds = (Bookmark, Answered, Draft, Answer, Review, Card)
    return [kind.objects.filter(question=question).count() for kind in kinds]


def test_first_import_brings_everything(notes):
    plan = notes.sync()
    assert plan.counts["added"] == 3
    assert list(Topic.objects.values_list("titles__en", flat=True)) == ["Zebras", "Lions"]
    stripes = Note.objects.get(imported_title=STRIPES)
    assert (stripes.file, stripes.line) == ("zebras.md", 3)
    assert "<strong>stripes</strong>" in stripes.answer_html
    assert notes.question("Where do lions sleep?").notes.get().answer == ""


def test_second_import_of_the_same_bytes_plans_nothing(notes):
    notes.sync()
    before = list(Note.objects.values()) + list(Question.objects.values()) + list(Topic.objects.values())
    plan = notes.sync()
    assert changes(plan) == {}
    assert plan.is_empty
    assert before == list(Note.objects.values()) + list(Question.objects.values()) + list(Topic.objects.values())


def test_dry_plan_changes_nothing(notes):
    notes.plan()
    assert not Question.objects.exists()
    assert not Topic.objects.exists()


def test_changed_words_keep_the_question(notes, marked):
    notes.write("zebras.md", ZEBRAS.replace("two field studies", "three field studies"))
    assert changes(notes.sync()) == {"changed": 1}
    assert "three field studies" in marked.notes.get().answer_html
    assert marks_of(marked) == [1, 1, 1, 1, 1, 1]


def test_renumbering_and_order_keep_every_question(notes, marked):
    flipped = """
        # Zebras

        ## 7. How fast is a zebra?

        About 65 km/h over a short distance, measured from a car.

        ## 8、Why do zebras have stripes?

        Because flies find it hard to land on **stripes**, say two field studies.
        """
    notes.write("zebras.md", flipped)
    assert changes(notes.sync()) == {}
    assert notes.question(STRIPES).pk == marked.pk


def test_renamed_file_only_moves(notes, marked):
    notes.rename("zebras.md", "africa/zebras.md")
    notes.write(
        "README.md", "# Animals\n\n- **[Zebras](africa/zebras.md)**\n- **[Lions]()**\n  - Where do lions sleep?\n"
    )
    assert changes(notes.sync()) == {"moved": 2}
    assert marks_of(notes.question(STRIPES)) == [1, 1, 1, 1, 1, 1]
    assert Topic.objects.count() == 2


def test_new_title_with_the_same_answer_is_a_rename(notes, marked):
    notes.write("README.md", "# Animals\n\n- **[Zebras](zebras.md)**\n- **[Lions]()**\n  - Where do lions sleep?\n")
    notes.write("zebras.md", ZEBRAS.replace("Why do zebras have stripes?", "What are the stripes of zebras good for?"))
    assert changes(notes.sync()) == {"renamed": 1}
    marked.refresh_from_db()
    assert marked.title_in("en") == "What are the stripes of zebras good for?"
    assert marks_of(marked) == [1, 1, 1, 1, 1, 1]


def test_similar_title_with_another_answer_is_only_proposed(notes, marked):
    notes.write("README.md", "# Animals\n\n- **[Zebras](zebras.md)**\n")
    text = ZEBRAS.replace(STRIPES, "Why do zebras have black stripes?").replace("flies find it hard", "lions mind")
    notes.write("zebras.md", text)
    plan = notes.sync()
    assert plan.counts["added"] == 1
    [candidate] = [one for one in plan.candidates if one["old"] == marked.key]
    assert candidate["score"] > 0.6
    marked.refresh_from_db()
    assert marked.retired_at
    assert marks_of(marked) == [1, 1, 1, 1, 1, 1]


def test_vanished_question_is_retired_and_comes_back(notes, marked):
    notes.write("README.md", "# Animals\n\n- **[Zebras](zebras.md)**\n")
    notes.write("zebras.md", "# Zebras\n\n## How fast is a zebra?\n\nAbout 65 km/h over a short distance.\n")
    assert notes.sync().counts["retired"] == 2
    marked.refresh_from_db()
    assert marked.retired_at
    assert marks_of(marked) == [1, 1, 1, 1, 1, 1]
    notes.write("zebras.md", ZEBRAS)
    assert notes.sync().counts["restored"] == 1
    marked.refresh_from_db()
    assert marked.retired_at is None
    assert marked.notes.get().retired_at is None


def test_twins_are_told_apart_by_their_answers(notes, bo):
    twins = "# Zebras\n\n## Example?\n\n{}\n\n## Example?\n\n{}\n"
    one, two = "The zebra of the plains lives in the east.", "The mountain zebra lives in the south-west."
    notes.write("README.md", "# Animals\n\n- **[Zebras](zebras.md)**\n")
    notes.write("zebras.md", twins.format(one, two))
    notes.sync()
    second = Note.objects.get(answer=two).question
    Bookmark.objects.create(user=bo, question=second)
    notes.write(
        "zebras.md",
        "# Zebras\n\n## Example?\n\nA new twin stands before the others now.\n\n" + twins.format(two, one)[10:],
    )
    assert changes(notes.sync()) == {"added": 1}
    assert Note.objects.get(answer=two).question == second


def test_explicit_key_outlasts_everything(notes, bo):
    notes.write("README.md", "# Animals\n\n- **[Zebras](zebras.md)**\n")
    notes.write("zebras.md", "# Zebras {#zebras .topic}\n\n## Why stripes? {#stripes}\n\nBecause of flies.\n")
    notes.sync()
    question = Question.objects.get(key="stripes")
    notes.remove("zebras.md")
    notes.write("README.md", "# Animals\n\n- **[Equines](horses.md)**\n")
    notes.write("horses.md", "# Equines {#zebras .topic}\n\n## What for? {#stripes}\n\nNobody knows.\n")
    assert changes(notes.sync()) == {"renamed": 1}
    assert Question.objects.get(key="stripes").pk == question.pk
    assert Topic.objects.get().titles == {"en": "Equines"}


def test_the_same_key_in_two_languages_is_one_question(notes, tmp_path):
    keyed = "# {} {{#zebras .topic}}\n\n## {} {{#stripes}}\n\n{}\n"
    notes.write("README.md", "# Animals\n\n- **[Zebras](zebras.md)**\n")
    notes.write("zebras.md", keyed.format("Zebras", "Why stripes?", "Flies."))
    notes.sync()
    notes.write("zebras.md", keyed.format("斑马", "为什么有条纹？", "因为苍蝇。"))
    plan = notes.sync(slug="animals-zh", language="zh-hans")
    question = Question.objects.get()
    assert question.titles == {"en": "Why stripes?", "zh-hans": "为什么有条纹？"}
    assert question.notes.count() == 2
    assert Topic.objects.get().titles == {"en": "Zebras", "zh-hans": "斑马"}
    assert not plan.problems


def test_the_same_key_of_a_stranger_in_this_language_stays_apart(notes):
    keyed = "# Zebras {#zebras .topic}\n\n## Why stripes? {#stripes}\n\nFlies.\n"
    notes.write("README.md", "# Animals\n\n- **[Zebras](zebras.md)**\n")
    notes.write("zebras.md", keyed)
    notes.sync()
    plan = notes.sync(slug="strangers")
    assert sorted(Question.objects.values_list("key", flat=True)) == ["stripes", "stripes-2"]
    assert {problem.message.partition(" belongs")[0] for problem in plan.problems} == {
        "The key 'stripes'",
        "The key 'zebras'",
    }
    assert changes(notes.sync(slug="strangers")) == {}


def test_edited_here_and_changed_there_is_a_conflict(notes):
    notes.sync()
    note = Note.objects.get(imported_title=STRIPES)
    note.answer = "Nobody knows for sure."
    note.save()
    assert changes(notes.sync()) == {}  # edited here only: it stays, and nothing is said
    notes.write("zebras.md", ZEBRAS.replace("two field studies", "three field studies"))
    assert changes(notes.sync()) == {"conflicts": 1}
    note.refresh_from_db()
    assert note.answer == "Nobody knows for sure."
    assert "three field studies" in Conflict.objects.get(note=note).answer
    assert changes(notes.sync()) == {}


@pytest.mark.parametrize("settle", ["ours", "edit"])
def test_a_settled_conflict_is_one_again_only_when_the_source_changes_again(notes, settle):
    notes.sync()
    note = Note.objects.get(imported_title=STRIPES)
    note.answer = "Nobody knows for sure."
    note.save()
    notes.write("zebras.md", ZEBRAS.replace("two field studies", "three field studies"))
    notes.sync()
    if settle == "edit":
        note.refresh_from_db()
        note.answer = "Nobody knows, whatever three field studies say."
        note.save()
    Conflict.objects.all().delete()
    assert changes(notes.sync()) == {}
    assert not Conflict.objects.exists()
    notes.write("zebras.md", ZEBRAS.replace("two field studies", "four field studies"))
    assert changes(notes.sync()) == {"conflicts": 1}
    assert "four field studies" in Conflict.objects.get(note=note).answer


def test_an_edit_that_the_source_takes_over_is_no_conflict(notes):
    notes.sync()
    note = Note.objects.get(imported_title=STRIPES)
    note.answer = "Because flies find it hard to land on **stripes**, say three field studies."
    note.save()
    notes.write("zebras.md", ZEBRAS.replace("two field studies", "four field studies"))
    notes.sync()
    assert Conflict.objects.exists()
    notes.write("zebras.md", ZEBRAS.replace("two field studies", "three field studies"))
    assert changes(notes.sync()) == {}
    note.refresh_from_db()
    assert note.edited_at is None
    assert not Conflict.objects.exists()


def test_where_a_curator_put_a_topic_it_stays(notes):
    notes.sync()
    zebras, lions = Topic.objects.get(titles__en="Zebras"), Topic.objects.get(titles__en="Lions")
    zebras.parent = lions
    zebras.save()
    stripes = notes.question(STRIPES)
    stripes.topic = lions
    stripes.save()
    notes.sync()
    zebras.refresh_from_db()
    stripes.refresh_from_db()
    assert zebras.parent == lions
    assert stripes.topic == lions


def test_what_a_curator_retired_stays_retired(notes):
    notes.sync()
    stripes, lions = notes.question(STRIPES), Topic.objects.get(titles__en="Lions")
    for one in (stripes, lions):
        one.retired_at = timezone.now()
        one.save()
    notes.write("zebras.md", ZEBRAS.replace("two field studies", "three field studies"))
    notes.sync()
    for one in (stripes, lions):
        one.refresh_from_db()
        assert one.retired_at


def test_what_a_curator_wrote_here_is_not_the_source_s_to_retire(notes, make_question):
    plan = notes.sync()
    own = make_question("Why manes?")
    Note.objects.filter(question=own).update(source=plan.source, file="", line=0)
    assert changes(notes.sync()) == {}
    own.refresh_from_db()
    assert own.retired_at is None


def test_a_name_that_another_source_gave_stays(notes):
    notes.write("README.md", "# Animals\n\n- **[Zebras](zebras.md)**\n")
    notes.write("zebras.md", "# Zebras {#zebras .topic}\n\n## Why stripes? {#stripes}\n\nFlies.\n")
    notes.sync()
    topic = Topic.objects.get()
    topic.titles = {"en": "Striped horses"}
    topic.save()
    notes.sync()
    topic.refresh_from_db()
    assert topic.titles == {"en": "Striped horses"}


def test_a_plan_grown_stale_is_refused(notes):
    notes.sync()
    notes.write("zebras.md", ZEBRAS.replace("two field studies", "three field studies"))
    plan = notes.plan()
    note = Note.objects.get(imported_title=STRIPES)
    note.answer = "Edited in the meantime."
    note.save()
    with pytest.raises(Refused, match="make the plan again"):
        apply(plan)
    note.refresh_from_db()
    assert note.answer == "Edited in the meantime."


def test_a_crash_in_the_middle_leaves_the_old_state(notes, monkeypatch):
    notes.sync()
    before = list(Note.objects.values())
    notes.write("zebras.md", ZEBRAS.replace("two field studies", "three field studies"))
    monkeypatch.setattr(Import.objects, "create", lambda **facts: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        notes.sync()
    assert list(Note.objects.values()) == before


def test_an_import_leaves_its_plan_in_the_history(notes):
    notes.sync()
    run = Import.objects.get()
    assert run.state == "applied"
    assert run.counts["added"] == 3
    assert [change["change"] for change in run.plan["changes"]] == ["added"] * 3
