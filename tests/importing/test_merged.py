"""What imports make of questions that were merged: the notes keep pointing to the one that stays."""

import pytest

from progress.merging import merge, undo
from progress.models import Bookmark
from questions.importing.apply import apply
from questions.importing.reading import Refused
from questions.models import MergeProposal, Note, Question
from tests.importing.conftest import Notes, changes

STRIPES = "Why do zebras have stripes?"
HORSES = """
    # Striped horses

    ## 1. Why do zebras have stripes?

    Because warm air rises over the dark ones and sinks over the light ones.

    ## 2. What do zebras eat?

    Grass, for most of the day and a good part of the night.

    ## 3. Have donkeys stripes?

    Somali wild asses have them on their legs, and nobody knows why.
    """


@pytest.fixture
def other_notes(tmp_path, notes):
    other = Notes(tmp_path / "horses")
    other.write("horses.md", HORSES)
    notes.sync()
    other.sync(slug="horses")
    return other


def sync(other, **options):
    return other.sync(slug="horses", **options)


@pytest.fixture
def pair(other_notes):
    here, there = Note.objects.filter(imported_title=STRIPES).order_by("pk")
    return here.question, there.question


def rows():
    """Everything an import writes, but for the times at which it ran."""
    return [*Note.objects.order_by("pk").values(), *Question.objects.order_by("pk").values()]


@pytest.mark.parametrize("turn", [1, -1])
def test_importing_again_plans_nothing_and_writes_nothing(notes, other_notes, pair, cleo, turn):
    kept, gone = pair[::turn]
    done = merge(kept, gone, by=cleo)
    before = rows()
    for _ in range(2):
        assert changes(notes.sync()) == {}
        assert changes(sync(other_notes)) == {}
        assert rows() == before
    undo(done, by=cleo)
    before = rows()
    assert changes(notes.sync()) == {}
    assert changes(sync(other_notes)) == {}
    assert rows() == before
    assert [note.question for note in Note.objects.filter(imported_title=STRIPES).order_by("pk")] == list(pair)


def test_changes_arrive_at_the_question_that_stays(other_notes, pair, cleo, bo):
    kept, gone = pair
    Bookmark.objects.create(user=bo, question=gone)
    merge(kept, gone, by=cleo)
    other_notes.write("horses.md", HORSES.replace("warm air", "hot air"))
    assert changes(sync(other_notes)) == {"changed": 1}
    assert "hot air" in kept.notes.get(source__slug="horses").answer_html
    other_notes.write("horses.md", HORSES.replace("warm air", "hot air").replace(STRIPES, "Why are zebras striped?"))
    assert changes(sync(other_notes)) == {"renamed": 1}
    assert kept.notes.get(source__slug="horses").title == "Why are zebras striped?"
    kept.refresh_from_db()
    assert kept.title_in("en") == STRIPES  # as the older note has it
    assert Question.objects.live().filter(pk=kept.pk).exists()
    assert Bookmark.objects.filter(user=bo, question=kept).exists()


def test_moved_in_one_source_it_stays_where_the_curator_kept_it(other_notes, pair, cleo):
    kept, gone = pair
    place = (kept.topic_id, kept.position, kept.parent_id)
    merge(kept, gone, by=cleo)
    other_notes.write("horses.md", "# Horses\n\n## 9. What do zebras drink?\n\nWater, as a rule, from rivers.\n")
    other_notes.write("stripes.md", HORSES.replace("Striped horses", "Stripes"))
    sync(other_notes)
    kept.refresh_from_db()
    assert (kept.topic_id, kept.position, kept.parent_id) == place


def test_dropped_by_one_source_it_lives_on_the_other(notes, other_notes, pair, cleo):
    kept, gone = pair
    merge(kept, gone, by=cleo)
    notes.write(
        "zebras.md", "# Zebras\n\n## How fast is a zebra?\n\nAbout 65 km/h over a short distance, says a car.\n"
    )
    notes.write("README.md", "# Animals\n\n- **[Zebras](./zebras.md)**\n  - How fast is a zebra?\n")
    assert changes(notes.sync())["retired"]
    kept.refresh_from_db()
    assert kept.retired_at is None
    other_notes.write("horses.md", "# Horses\n\n## What do zebras eat?\n\nGrass, for most of the day and night.\n")
    sync(other_notes)
    kept.refresh_from_db()
    assert kept.retired_at
    other_notes.write("horses.md", HORSES)
    assert changes(sync(other_notes))["restored"]
    kept.refresh_from_db()
    assert kept.retired_at is None


def test_a_translation_with_the_key_of_a_merged_question_joins_the_one_that_stays(tmp_path, notes, cleo):
    texts = {
        "one": ("en", "# Z\n\n## Why stripes? {#stripes-a}\n\nFlies dislike them, say two field studies.\n"),
        "two": ("en", "# Z\n\n## Why are they striped? {#stripes-b}\n\nWarm air rises over the dark stripes.\n"),
        "three": (
            "zh-hans",
            "# 斑马\n\n## 为什么有条纹？ {#stripes-b}\n\n两项实地研究表明：苍蝇不喜欢在条纹上降落。\n",
        ),
    }
    folders = {}
    for name, (language, text) in texts.items():
        folders[name] = Notes(tmp_path / name)
        folders[name].write("z.md", text)
        if name != "three":
            folders[name].sync(slug=name, language=language)
    kept, gone = Question.objects.get(key="stripes-a"), Question.objects.get(key="stripes-b")
    done = merge(kept, gone, by=cleo)
    folders["three"].sync(slug="three", language="zh-hans")
    assert Question.objects.count() == 2
    kept.refresh_from_db()
    assert kept.titles == {"en": "Why stripes?", "zh-hans": "为什么有条纹？"}
    assert changes(folders["three"].sync(slug="three", language="zh-hans")) == {}
    undo(done, by=cleo)
    assert gone.notes.filter(language="zh-hans").exists()
    assert changes(folders["three"].sync(slug="three", language="zh-hans")) == {}
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (set(kept.titles), set(gone.titles)) == ({"en"}, {"en", "zh-hans"})


@pytest.mark.parametrize("turn_back", [False, True])
def test_a_plan_made_before_a_merge_is_refused(other_notes, pair, cleo, turn_back):
    kept, gone = pair
    done = merge(kept, gone, by=cleo) if turn_back else None
    plan = other_notes.plan(slug="horses")
    if turn_back:
        undo(done, by=cleo)
    else:
        merge(kept, gone, by=cleo)
    with pytest.raises(Refused):
        apply(plan)


def test_a_plan_that_the_merge_does_not_touch_is_not(notes, other_notes, cleo):
    plan = notes.plan()
    eat = Note.objects.get(imported_title="What do zebras eat?").question
    merge(eat, Note.objects.get(imported_title="Have donkeys stripes?").question, by=cleo)
    apply(plan)


def test_an_import_proposes_what_it_brought_twice(other_notes, pair):
    proposal = MergeProposal.objects.get()
    assert (proposal.first, proposal.second) == pair
    assert proposal.reason == MergeProposal.Reason.SAME_TITLE


def test_an_import_of_nothing_new_does_not_look(other_notes):
    MergeProposal.objects.all().delete()
    sync(other_notes)
    assert not MergeProposal.objects.exists()
