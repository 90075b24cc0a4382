"""Two questions become one, and two again: nothing of a reader's is lost on the way, nor on the way back."""

from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest
from django.apps import apps
from django.db import connection, connections, transaction
from django.db.utils import IntegrityError
from django.utils import timezone, translation

from progress.marks import marked, visible_questions
from progress.merging import KINDS, CannotMerge, merge, undo
from progress.models import Answered, Bookmark, Draft
from questions.models import Answer, Merge, MergeProposal, Note, Question, Source, Topic

MARCH, JUNE = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture
def other_source(db):
    return Source.objects.create(slug="horses", title="Horse notes", licence="MIT", mode="full", language="en")


@pytest.fixture
def other_topic(db):
    return Topic.objects.create(key="horses", slug="horses", titles={"en": "Horses"})


@pytest.fixture
def elsewhere(make_question, other_source, other_topic):
    """elsewhere("Why stripes?"): a question of the other source, on the other topic."""

    def make(title="Why have zebras stripes?", answer="To **cool** down.", **facts):
        question = make_question(title, answer, on=other_topic, **facts)
        question.notes.update(source=other_source)
        return question

    return make


@pytest.fixture
def kept(make_question):
    return make_question()


@pytest.fixture
def gone(elsewhere):
    return elsewhere()


def mark(kind, user, question, since=MARCH, **facts):
    row = kind.objects.create(user=user, question=question, **facts)
    kind.objects.filter(pk=row.pk).update(created_at=since)
    return row


def everything():
    """All rows of every kind that a merge touches, as they are."""
    models = (Question, Note, Answer, Bookmark, Answered, MergeProposal)
    rows = {model.__name__: list(model.objects.order_by("pk").values()) for model in models}
    rows["Draft"] = list(Draft.objects.order_by("pk").values("pk", "user", "question", "text", "created_at"))
    return rows


# --- The way there -----------------------------------------------------------------------------------------------


def test_both_notes_stand_on_the_question_that_stays(client, cleo, kept, gone):
    merge(kept, gone, by=cleo)
    page = client.get(kept.get_absolute_url() + "?lang=en").text
    assert "<strong>Flies</strong>" in page
    assert "<strong>cool</strong>" in page
    assert "Horse notes" in page
    assert Note.objects.filter(question=kept).count() == 2


@pytest.mark.parametrize("reader", [None, "bo", "cleo"])
def test_old_addresses_lead_to_it(client, request, cleo, kept, gone, reader):
    old = gone.get_absolute_url()
    merge(kept, gone, by=cleo)
    if reader:
        client.force_login(request.getfixturevalue(reader))
    for address in (old, f"/questions/{gone.pk}/", f"/questions/{gone.pk}/whatever/"):
        response = client.get(f"{address}?lang=en&reveal=1")
        assert response.status_code == 301
        assert response.headers["Location"] == f"{kept.get_absolute_url()}?lang=en&reveal=1"
        assert "max-age=600" in response.headers["Cache-Control"]


def test_an_address_that_never_was_is_404(client, kept):
    assert client.get("/questions/999999/").status_code == 404
    assert client.get(f"/questions/{10**30}/").status_code == 404


def test_lists_and_counts_see_one(client, cleo, ada, kept, gone, other_source, other_topic):
    for question in (kept, gone):
        mark(Bookmark, ada, question)
    merge(kept, gone, by=cleo)
    assert list(Question.objects.live()) == [kept]
    assert list(visible_questions(cleo)) == [kept]
    assert list(visible_questions(ada)) == [kept]
    assert list(marked(Question.objects.live(), ada, "bookmarked")) == [kept]
    assert Topic.objects.with_question_counts().get(pk=other_topic.pk).question_count == 0
    assert Source.objects.with_counts().get(pk=other_source.pk).question_count == 1
    client.force_login(ada)
    assert client.get("/me/bookmarks/").text.count(gone.get_absolute_url()) == 0
    assert client.get("/me/bookmarks/").text.count("Why stripes?") == 1
    assert client.get("/", headers={"accept-language": "en"}).status_code == 200


@pytest.mark.parametrize("kind", [Bookmark, Answered])
def test_marks_are_united_with_the_earlier_time(cleo, ada, bo, cy, kept, gone, kind):
    mark(kind, ada, gone, MARCH)
    mark(kind, bo, kept, JUNE)
    mark(kind, bo, gone, MARCH)
    mark(kind, cy, kept, MARCH)
    mark(kind, cy, gone, JUNE)
    merge(kept, gone, by=cleo)
    assert dict(kind.objects.filter(question=kept).values_list("user", "created_at")) == {
        ada.pk: MARCH,
        bo.pk: MARCH,
        cy.pk: MARCH,
    }
    assert kind.objects.filter(question=gone).count() == 3


def test_a_draft_on_one_side_only_is_copied_with_its_times(cleo, ada, kept, gone):
    draft = mark(Draft, ada, gone, text="Because.", version=4)
    Draft.objects.filter(pk=draft.pk).update(updated_at=JUNE)
    merge(kept, gone, by=cleo)
    copied = Draft.objects.get(question=kept)
    assert (copied.text, copied.version, copied.created_at, copied.updated_at) == ("Because.", 4, MARCH, JUNE)


def test_a_tab_left_open_on_the_old_address_still_saves(signed_in, cleo, ada, kept, gone):
    mark(Draft, ada, gone, text="Because.", version=4)
    merge(kept, gone, by=cleo)
    tab = signed_in(ada)
    assert tab.post(f"/questions/{gone.pk}/draft/", {"text": "Because of flies.", "version": 4}).status_code == 303
    assert Draft.objects.get(question=kept).text == "Because of flies."
    assert tab.post(f"/questions/{gone.pk}/bookmark/", {"state": "on"}).status_code == 303
    assert Bookmark.objects.get().question == kept
    tab.post(f"/questions/{gone.pk}/submit/", {"text": "Because of flies.", "version": 5})
    assert Answer.objects.get().question == kept


def test_two_different_drafts_stand_below_each_other(cleo, ada, kept, gone):
    mark(Draft, ada, kept, text="Mine here.", version=2)
    mark(Draft, ada, gone, text="Mine there.", version=7)
    merge(kept, gone, by=cleo)
    draft = Draft.objects.get(question=kept)
    here, line, there = draft.text.split("\n\n")
    assert (here, there) == ("Mine here.", "Mine there.")
    assert "Why have zebras stripes?" in line
    assert draft.version == 8
    assert Draft.objects.get(question=gone).text == "Mine there."


def test_no_open_tab_overwrites_two_drafts_that_became_one(signed_in, cleo, ada, kept, gone):
    mark(Draft, ada, kept, text="Mine here.", version=2)
    mark(Draft, ada, gone, text="Mine there.", version=7)
    merge(kept, gone, by=cleo)
    for version in (0, 2, 7):
        response = signed_in(ada).post(f"/questions/{gone.pk}/draft/", {"text": "Newer.", "version": version})
        assert response.status_code == 409
        assert "Newer." in response.text
        assert "Mine there." in response.text


@pytest.mark.parametrize(
    ("here", "there", "then"),
    [("Same.", "Same.", "Same."), ("Same.", "", "Same."), ("", "Same.", "Same."), ("Same. And more.", "Same.", None)],
)
def test_drafts_that_say_nothing_new_add_nothing(cleo, ada, kept, gone, here, there, then):
    mark(Draft, ada, kept, text=here)
    mark(Draft, ada, gone, text=there)
    merge(kept, gone, by=cleo)
    assert Draft.objects.get(question=kept).text == (then or here)


def test_answers_move_and_keep_their_addresses(client, cleo, ada, bo, kept, gone):
    published = Answer.objects.create(question=gone, author=ada, language="en", text="Flies.", state="published")
    waiting = Answer.objects.create(question=gone, author=bo, language="en", text="Heat.")
    nobodys = Answer.objects.create(question=gone, author=None, language="en", text="Lions.")
    merge(kept, gone, by=cleo)
    assert set(kept.answers.all()) == {published, waiting, nobodys}
    assert client.get(published.get_absolute_url()).status_code == 200
    assert "Flies." in client.get(kept.get_absolute_url()).text


@pytest.mark.parametrize("later", ["kept", "gone"])
def test_of_two_answers_that_wait_the_later_stays_and_the_author_reads_why(signed_in, cleo, ada, kept, gone, later):
    times = {"kept": MARCH, "gone": MARCH} | {later: JUNE}
    answers = {
        name: Answer.objects.create(
            question=on, author=ada, language="en", text=f"On {name}.", submitted_at=times[name]
        )
        for name, on in (("kept", kept), ("gone", gone))
    }
    done = merge(kept, gone, by=cleo)
    stays, steps_back = answers[later], answers["gone" if later == "kept" else "kept"]
    for answer in (stays, steps_back):
        answer.refresh_from_db()
    assert (stays.state, steps_back.state) == ("pending", "withdrawn")
    assert stays.question == steps_back.question == kept
    assert "Two questions have become one" in steps_back.reason
    for page in ("/me/answers/", steps_back.get_absolute_url(), kept.get_absolute_url()):
        assert "Two questions have become one" in signed_in(ada).get(page).text, page
    assert steps_back.text in signed_in(ada).get(steps_back.get_absolute_url()).text
    undo(done, by=cleo)
    for name, answer in answers.items():
        answer.refresh_from_db()
        assert (answer.state, answer.reason, answer.question) == ("pending", "", {"kept": kept, "gone": gone}[name])


def test_follow_ups_follow(client, cleo, kept, gone, elsewhere):
    child = elsewhere("And donkeys?", parent=gone)
    grandchild = elsewhere("And mules?", parent=child)
    child.notes.update(parent=gone)
    done = merge(kept, gone, by=cleo)
    page = client.get(kept.get_absolute_url()).text
    assert "And donkeys?" in page
    child.refresh_from_db()
    grandchild.refresh_from_db()
    assert (child.parent, child.topic, child.notes.get().parent) == (kept, kept.topic, kept)
    assert (grandchild.parent, grandchild.topic) == (child, kept.topic)
    undo(done, by=cleo)
    child.refresh_from_db()
    assert (child.parent, child.topic, child.notes.get().parent) == (gone, gone.topic, gone)


def test_merging_a_question_into_its_own_follow_up_makes_no_circle(cleo, make_question):
    above = make_question("Above?")
    gone = make_question("Gone?", parent=above)
    between = make_question("Between?", parent=gone)
    kept = make_question("Kept?", parent=between)
    done = merge(kept, gone, by=cleo)
    assert dict(Question.objects.values_list("pk", "parent")) == {
        above.pk: None,
        gone.pk: above.pk,
        between.pk: kept.pk,
        kept.pk: above.pk,
    }
    undo(done, by=cleo)
    kept.refresh_from_db()
    between.refresh_from_db()
    assert (kept.parent, between.parent) == (between, gone)


def test_titles_of_both(cleo, kept, gone):
    gone.titles = {"en": "Why have zebras stripes?", "zh-hans": "为什么有条纹？"}
    gone.save()
    gone.notes.create(
        source=Source.objects.first(), topic=gone.topic, language="zh-hans", title="为什么有条纹？", imported_title="x"
    )
    done = merge(kept, gone, by=cleo)
    kept.refresh_from_db()
    assert kept.titles == {"en": "Why stripes?", "zh-hans": "为什么有条纹？"}
    undo(done, by=cleo)
    kept.refresh_from_db()
    assert kept.titles == {"en": "Why stripes?"}


# --- Chains ------------------------------------------------------------------------------------------------------


def test_never_a_chain(client, cleo, ada, kept, gone, elsewhere):
    first = elsewhere("First?")
    mark(Bookmark, ada, first)
    earlier = merge(gone, first, by=cleo)
    later = merge(kept, gone, by=cleo)
    first.refresh_from_db()
    assert first.merged_into == kept
    assert client.get(first.get_absolute_url()).headers["Location"] == kept.get_absolute_url()
    assert Bookmark.objects.filter(user=ada, question=kept).exists()
    with translation.override("en"), pytest.raises(CannotMerge, match="undo that first"):
        undo(earlier, by=cleo)
    undo(later, by=cleo)
    undo(earlier, by=cleo)
    assert set(Question.objects.live()) == {kept, gone, first}
    assert [bookmark.question for bookmark in Bookmark.objects.all()] == [first]
    assert [note.question for note in Note.objects.order_by("pk")] == [kept, gone, first]


def test_a_second_merge_after_the_first_was_undone(cleo, ada, kept, gone):
    mark(Draft, ada, kept, text="Mine here.")
    mark(Draft, ada, gone, text="Mine there.")
    undo(merge(kept, gone, by=cleo), by=cleo)
    merge(gone, kept, by=cleo)
    text = Draft.objects.get(question=gone).text
    assert text.startswith("Mine there.")
    assert text.endswith("Mine here.")


# --- Refused -----------------------------------------------------------------------------------------------------


def test_refused(cleo, kept, gone, make_question):
    third = make_question("Third?")
    done = merge(kept, gone, by=cleo)
    before = everything()
    for one, other in ((kept, kept), (kept, gone), (gone, kept), (third, gone), (gone, third)):
        with pytest.raises(CannotMerge):
            merge(one, other, by=cleo)
    undo(done, by=cleo)
    with pytest.raises(CannotMerge):
        undo(done, by=cleo)
    merge(kept, gone, by=cleo)
    assert everything() == before


def test_nothing_live_goes_into_what_is_retired(cleo, kept, gone):
    kept.retired_at = timezone.now()
    kept.save()
    with pytest.raises(CannotMerge):
        merge(kept, gone, by=cleo)
    merge(gone, kept, by=cleo)
    assert list(Question.objects.live()) == [gone]


def test_the_database_holds_the_rules_too(kept, gone):
    Merge.objects.create(kept=kept, gone=gone)
    for wrong in (
        lambda: Merge.objects.create(kept=kept, gone=gone),
        lambda: Merge.objects.create(kept=kept, gone=kept),
        lambda: MergeProposal.objects.create(first=gone, second=kept, reason=1, score=1),
        lambda: Question.objects.filter(pk=kept.pk).update(merged_into=kept.pk),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()


# --- The way back ------------------------------------------------------------------------------------------------


@pytest.fixture
def full(ada, bo, cy, kept, gone, elsewhere):
    """Both questions with everything on them, in every combination."""
    for kind in (Bookmark, Answered):
        mark(kind, ada, kept, JUNE)
        mark(kind, ada, gone, MARCH)
        mark(kind, bo, gone, MARCH)
    mark(Draft, ada, kept, JUNE, text="Here.", version=3)
    mark(Draft, ada, gone, MARCH, text="There.", version=5)
    mark(Draft, bo, gone, MARCH, text="There too.")
    mark(Draft, cy, kept, MARCH, text="")
    mark(Draft, cy, gone, JUNE, text="Only there.")
    for user, on in ((ada, kept), (ada, gone), (bo, gone)):
        Answer.objects.create(question=on, author=user, language="en", text=f"On {on.pk}.")
    elsewhere("And donkeys?", parent=gone).notes.update(parent=gone)
    MergeProposal.objects.create(first=kept, second=gone, reason=1, score=1)
    return kept, gone


@pytest.mark.parametrize("turn", [1, -1])
def test_undone_at_once_all_is_as_before(client, cleo, full, turn):
    before = everything()
    kept, gone = full[::turn]
    done = merge(kept, gone, by=cleo)
    undo(done, by=cleo)
    assert everything() == before
    done.refresh_from_db()
    assert (done.undone_by, done.kept, done.gone) == (cleo, kept, gone)
    assert client.get(gone.get_absolute_url()).status_code == 200


def test_what_a_reader_changed_since_stays_where_they_changed_it(cleo, ada, bo, full):
    kept, gone = full
    done = merge(kept, gone, by=cleo)
    for user, text in ((ada, "Here, there and more."), (bo, "There too, and more.")):
        draft = Draft.objects.get(user=user, question=kept)
        Draft.objects.keep(user, kept, text, draft.version)
    Bookmark.objects.filter(user=ada, question=kept).delete()
    mark(Bookmark, ada, kept, JUNE)
    undo(done, by=cleo)
    texts = dict(Draft.objects.filter(question=kept).values_list("user__username", "text"))
    assert texts == {"ada": "Here, there and more.", "bo": "There too, and more.", "cy": ""}
    texts = dict(Draft.objects.filter(question=gone).values_list("user__username", "text"))
    assert texts == {"ada": "There.", "bo": "There too.", "cy": "Only there."}
    assert Bookmark.objects.get(user=ada, question=kept).created_at == JUNE


def test_an_answer_decided_since_keeps_its_decision(cleo, ada, bo, full):
    kept, gone = full
    done = merge(kept, gone, by=cleo)
    Answer.objects.get(author=bo).publish(by=cleo)
    Answer.objects.get(author=ada, state="pending").return_to_author(by=cleo, reason="Say more.")
    newer = Answer.objects.submit(kept, ada, "More.", "en")
    undo(done, by=cleo)
    assert Answer.objects.get(author=bo).question == gone
    assert Answer.objects.get(author=bo).state == "published"
    assert set(Answer.objects.filter(author=ada, question=kept).values_list("text", "state")) == {
        (f"On {kept.pk}.", "withdrawn"),
        ("More.", "pending"),
    }
    assert newer.question == kept


def test_undone_after_an_account_is_gone(cleo, ada, full):
    done = merge(*full, by=cleo)
    ada.delete()
    undo(done, by=cleo)
    assert not Draft.objects.filter(text__contains="Here.\n").exists()


def test_nobody_is_named_or_quoted_in_the_history(cleo, full):
    """A reader's account, or a text of a source, may have to go without a trace."""
    moved = str(merge(*full, by=cleo).moved)
    for word in ("Here", "There", "ada", "bo@", "stripes"):
        assert word not in moved


def test_dropped_by_its_source_in_between(cleo, kept, gone, other_source):
    done = merge(kept, gone, by=cleo)
    Note.objects.filter(source=other_source).update(retired_at=timezone.now())
    undo(done, by=cleo)
    gone.refresh_from_db()
    kept.refresh_from_db()
    assert gone.retired_at
    assert kept.retired_at is None


# --- Every kind --------------------------------------------------------------------------------------------------


def test_every_row_that_hangs_on_a_question_goes_along():
    """A new model with a foreign key to Question belongs into KINDS, or here with a reason."""
    history = {"Merge.kept", "Merge.gone"}
    derived = {"SearchEntry.question"}  # made anew of the rows that go along
    hanging = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and field.related_model is Question
    }
    assert set().union(*(kind.relations for kind in KINDS.values())) == hanging - history - derived


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_what_it_writes_is_in_the_language_of_the_question(cleo, ada, kept, gone, language):
    for question in (kept, gone):
        question.titles = {language: "T"}
        question.save()
        question.notes.update(language=language)
        mark(Draft, ada, question, text=f"Text {question.pk}.")
    with translation.override("en" if language == "zh-hans" else "zh-hans"):
        merge(kept, gone, by=cleo)
    assert ("draft" in Draft.objects.get(question=kept).text) is (language == "en")


@pytest.mark.parametrize("rows", [3, 30])
def test_queries(cleo, kept, gone, django_user_model, django_assert_num_queries, rows):
    for n in range(rows):
        user = django_user_model.objects.create_user(f"reader-{n}", f"reader-{n}@example.org")
        for kind in (Bookmark, Answered, Draft):
            mark(kind, user, gone)
        Answer.objects.create(question=gone, author=user, language="en", text="x")
    with django_assert_num_queries(62):
        merge(kept, gone, by=cleo)


# --- At once -----------------------------------------------------------------------------------------------------


def together(*acts):
    """Does all at the same moment, each on a connection of its own; returns what each gave or raised."""
    gate, results = Barrier(len(acts)), [None] * len(acts)

    def go(place, act):
        try:
            gate.wait()
            results[place] = act()
        except CannotMerge as refusal:
            results[place] = refusal
        finally:
            connections.close_all()

    threads = [Thread(target=go, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.fixture
def two_connections(transactional_db):
    if connection.vendor != "postgresql":
        pytest.skip("needs a database that takes two connections at once")


def test_both_directions_at_once_one_wins(two_connections, cleo, elsewhere, make_question):
    for _ in range(10):
        one, other = make_question(), elsewhere()
        results = together(lambda: merge(one, other, by=cleo), lambda: merge(other, one, by=cleo))  # noqa: B023
        assert sorted(type(result).__name__ for result in results) == ["CannotMerge", "Merge"]
        assert Question.objects.live().filter(pk__in=(one.pk, other.pk)).count() == 1


def test_a_chain_made_at_once_is_none(two_connections, cleo, elsewhere, make_question):
    for _ in range(10):
        a, b, c = make_question(), elsewhere(), elsewhere()
        together(lambda: merge(a, b, by=cleo), lambda: merge(b, c, by=cleo))  # noqa: B023
        led_on = Question.objects.filter(merged_into__merged_into__isnull=False)
        assert not led_on.exists()
        assert Note.objects.filter(question__merged_into__isnull=False).count() == 0


def test_undone_twice_at_once_is_undone_once(two_connections, cleo, kept, gone):
    done = merge(kept, gone, by=cleo)
    results = together(lambda: undo(done, by=cleo), lambda: undo(done, by=cleo))
    assert sorted(type(result).__name__ for result in results) == ["CannotMerge", "Merge"]


def test_a_mark_set_at_the_moment_of_the_merge_is_not_lost(
    two_connections, signed_in, ada, cleo, elsewhere, make_question
):
    browser = signed_in(ada)
    for _ in range(10):
        one, other = make_question(), elsewhere()

        def click(pk=other.pk):
            return browser.post(f"/questions/{pk}/bookmark/", {"state": "on"}).status_code

        results = together(lambda: merge(one, other, by=cleo), click)  # noqa: B023
        assert results[1] == 303
        assert Bookmark.objects.filter(user=ada, question__in=(one, other)).exists()
