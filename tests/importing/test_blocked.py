"""What a takedown keeps out stays out, whichever import brings it."""

import pytest
from django.utils import timezone

from questions import takedown as verbs
from questions.freezing import settle_titles
from questions.importing.apply import apply
from questions.importing.reading import Refused
from questions.models import Block, Note, Source, Takedown, TopicNote
from tests.importing.conftest import README, ZEBRAS, changes

STRIPES, SPEED = "Why do zebras have stripes?", "How fast is a zebra?"
WORDS = "Because flies find it hard to land on **stripes**, say two field studies."


@pytest.fixture
def take_down(cleo):
    """take_down(thing, …): somebody complained about them, and Cleo agrees."""

    def uphold(*things, **options):
        takedown = Takedown.objects.create(
            name="Zoe",
            email="zoe@example.org",
            work="My zebra book",
            addresses="/",
            in_good_faith=True,
            language="en",
            site="http://testserver",
            state="open",
            verified_at=timezone.now(),
        )
        verbs.add_targets(takedown, things)
        verbs.uphold(takedown, cleo, **options)
        takedown.refresh_from_db()
        return takedown

    return uphold


def note(title):
    return Note.objects.get(imported_title=title)


def said(plan):
    return [(problem.level, problem.file, problem.line, problem.message) for problem in plan.problems]


def test_the_same_notes_again_change_nothing(notes, take_down):
    notes.sync()
    take_down(note(STRIPES))
    plan = notes.sync()
    assert changes(plan) == {}
    assert plan.is_empty
    assert said(plan) == [
        ("error", "zebras.md", 3, f"The answer is left out: blocked by takedown {Takedown.objects.get().pk}.")
    ]
    assert note(STRIPES).answer == note(STRIPES).answer_html == ""
    assert note(SPEED).answer


def test_from_any_source_and_in_any_dress(notes, take_down):
    notes.sync()
    takedown = take_down(note(STRIPES))
    notes.write(
        "zebras.md",
        "# Stripes\n\n## 7) On stripes: why?\n\n- *because* FLIES find it hard\n- to land on stripes\n"
        "  — say two field studies!\n",
    )
    plan = notes.sync(slug="copycat")
    copy = Note.objects.get(source__slug="copycat", file="zebras.md")
    assert copy.answer == copy.answer_html == ""
    assert plan.counts["answers"] == 0
    assert f"blocked by takedown {takedown.pk}" in said(plan)[0][3]


def test_in_their_own_words_it_is_welcome(notes, take_down):
    notes.sync()
    take_down(note(STRIPES))
    notes.write(
        "zebras.md", ZEBRAS.replace(WORDS, "Horseflies misjudge a patterned surface and touch down less often.")
    )
    plan = notes.sync()
    assert changes(plan) == {"changed": 1}
    assert not plan.problems
    assert note(STRIPES).answer.startswith("Horseflies")
    assert not note(STRIPES).is_frozen


def test_what_comes_near_is_imported_and_pointed_out(notes, take_down):
    notes.sync()
    takedown = take_down(note(STRIPES))
    notes.write("zebras.md", ZEBRAS.replace("say two field studies", "as was measured in Kenya and in Hungary"))
    ((level, file, line, message),) = said(notes.sync(slug="copycat"))
    assert (level, file, line) == ("warning", "zebras.md", 3)
    assert message.endswith(f"with what takedown {takedown.pk} removed: look at both.")
    assert Note.objects.get(source__slug="copycat", imported_title=STRIPES).answer


def test_a_source_taken_down_whole_brings_no_answers(notes, take_down):
    notes.sync()
    takedown = take_down(Source.objects.get())
    assert not Note.objects.exclude(answer="").exists()
    notes.write("lions.md", "# Lions\n\n## Where do lions sleep?\n\nIn the shade, twenty hours a day.\n")
    plan = notes.sync()
    assert {message for _, _, _, message in said(plan)} == {
        f"The answer is left out: blocked by takedown {takedown.pk}."
    }
    assert not Note.objects.exclude(answer="").exists()


def test_a_note_that_came_and_went_stays_frozen(notes, take_down):
    notes.sync()
    take_down(note(STRIPES))
    notes.remove("README.md")
    notes.write("zebras.md", f"# Zebras\n\n## {SPEED}\n\nFast.\n")
    assert changes(notes.sync())["retired"] >= 1
    assert note(STRIPES).retired_at
    notes.write("README.md", README)
    notes.write("zebras.md", ZEBRAS)
    notes.sync()
    assert note(STRIPES).retired_at is None
    assert note(STRIPES).is_frozen


def test_a_removed_title_stays_away_and_the_note_is_still_recognised(notes, take_down):
    notes.sync()
    question = notes.question(STRIPES)
    take_down(note(STRIPES), takes_titles=True)
    question.refresh_from_db()
    assert (question.titles, question.slug) == ({}, "")
    assert changes(notes.sync()) == {}
    for name, text in (("README.md", README), ("zebras.md", ZEBRAS)):
        notes.write(name, text.replace(STRIPES, "Why are zebras striped?"))
    assert changes(notes.sync()) == {"renamed": 1}
    question.refresh_from_db()
    assert question.titles == {}
    assert question.notes.get().title == ""
    text = ZEBRAS.replace(STRIPES, "Why are zebras striped?")
    notes.write("zebras.md", text.replace(WORDS, "Horseflies misjudge a patterned surface and touch down less often."))
    notes.sync()
    question.refresh_from_db()
    assert question.titles == {"en": "Why are zebras striped?"}


OPENING = "Zebras are wild horses of the African plains, and every one of them wears a pattern of its own."
KEYED = f"# Zebras {{#zebras .topic}}\n\n{OPENING}\n\n## Why? {{#why}}\n\nBecause.\n"
RIDDLES = """
    # Riddles

    ## 1. Which of these is a zebra?

    ```text
    a horse with stripes, a mule with spots, a pony in the rain, an okapi from behind
    ```

    <details><summary>Answer</summary>

    The horse with stripes, as any child will tell you after one visit to the zoo.

    </details>

    ## 2. Which of these is a lion?

    ```text
    a cat
    ```

    <details><summary>Answer</summary>

    The cat with the mane, if there is one.

    </details>
    """


def test_introductions_and_what_questions_go_on_to_say(notes, take_down, cleo, bo):
    notes.remove("README.md")
    notes.write("zebras.md", KEYED)
    notes.write("riddles.md", RIDDLES)
    notes.sync()
    opening, spotted = TopicNote.objects.get(title="Zebras"), Note.objects.get(title="Which of these is a zebra?")
    stood = spotted.text, spotted.text_html, opening.introduction_html
    assert all(stood)
    takedown = take_down(Source.objects.get())
    for row in (opening, spotted):
        row.refresh_from_db()
        assert row.is_frozen
    assert (opening.introduction, opening.introduction_html, spotted.text, spotted.text_html) == ("", "", "", "")
    assert changes(notes.sync()) == {}
    plan = notes.sync(slug="copycat")
    messages = [problem.message for problem in plan.problems if "blocked" in problem.message]
    assert [message.split(" is left out")[0] for message in messages] == [
        "The text below the question",
        "The answer",
        "The text below the question",
        "The answer",
        "The answer",
        "The introduction",
    ]
    assert not TopicNote.objects.exclude(introduction="").exists()
    assert not Note.objects.exclude(answer="", text="").exists()
    verbs.ask_undo(takedown, cleo, "Zoe agreed")
    verbs.undo(takedown, bo)
    for row in (opening, spotted):
        row.refresh_from_db()
    assert (spotted.text, spotted.text_html, opening.introduction_html) == stood
    assert not any("blocked" in problem.message for problem in notes.sync(slug="copycat").problems)
    assert Note.objects.get(source__slug="copycat", title=spotted.title).answer


def test_bytes_that_were_read_before_are_read_again_after_undoing(notes, take_down, cleo, bo):
    notes.sync()
    takedown = take_down(note(STRIPES))
    Source.objects.update(digest="d" * 64)
    verbs.ask_undo(takedown, cleo, "Zoe agreed")
    verbs.undo(takedown, bo)
    assert Source.objects.get().digest == ""


def test_a_plan_from_before_is_refused(notes, take_down):
    notes.sync()
    notes.write("zebras.md", ZEBRAS.replace("two field", "three field"))
    plan = notes.plan()
    take_down(note(STRIPES))
    with pytest.raises(Refused):
        apply(plan)
    assert note(STRIPES).is_frozen


def test_undone_the_next_import_finds_it_as_it_was(notes, take_down, cleo, bo):
    notes.sync()
    before = Note.objects.values().order_by("pk")
    stood = [{name: value for name, value in row.items() if name != "updated_at"} for row in before]
    takedown = take_down(Source.objects.get(), takes_titles=True)
    notes.sync()
    verbs.ask_undo(takedown, cleo, "Zoe agreed")
    verbs.undo(takedown, bo)
    after = [{name: value for name, value in row.items() if name != "updated_at"} for row in before.all()]
    assert after == stood
    assert changes(notes.sync()) == {}
    assert not notes.sync().problems


def test_many_texts_are_asked_about_together(notes, take_down, django_assert_max_num_queries):
    notes.write(
        "many.md",
        "# Many\n\n" + "".join(f"## What is {n}?\n\n{chr(97 + n % 26) * 30} number {n}.\n\n" for n in range(300)),
    )
    notes.sync()
    take_down(note(STRIPES))
    with django_assert_max_num_queries(25):
        notes.plan(slug="copycat")


def test_nothing_is_loaded_while_nothing_is_blocked(notes, django_assert_num_queries):
    from questions.importing.blocked import leave_out_blocked

    plan = notes.plan()
    with django_assert_num_queries(1):
        assert leave_out_blocked(plan.source, plan.notes) == []


def test_settling_titles_asks_once_where_there_are_none(notes, django_assert_num_queries):
    notes.sync()
    source = Source.objects.get()
    with django_assert_num_queries(1):
        settle_titles(source)
    assert not Block.objects.exists()
