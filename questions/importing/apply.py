"""Carries a plan out, in one transaction: either all of it stands afterwards, or nothing has changed."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from questions.freezing import settle_titles
from questions.importing.blocked import takedowns_since
from questions.importing.pictures import surroundings_of
from questions.importing.reading import Refused
from questions.importing.report import as_counts, as_history
from questions.importing.unchanged import digest_of
from questions.importing.write_candidates import write_candidates
from questions.importing.write_questions import write_notes, write_questions
from questions.importing.write_topics import write_topics
from questions.models import Import, Merge, Note, Question, SearchEntry, Source, Topic, TopicNote
from questions.proposals import propose_merges
from questions.surroundings import render_note
from questions.texts import Texts

APPLIED = Import.State.APPLIED
OVERTAKEN = "This run was started again in the meantime. Nothing was changed by this one."
STALE = "Notes have been edited, imported or taken down since. Nothing was changed; make the plan again."


def apply(plan, reading=None, *, by=None, run=None):
    """Applies `plan` and returns its Import row: `run`, or a new one. Raises Refused if the rows changed since."""
    around = surroundings_of(plan, reading)
    html = _render_changed(plan, around)  # slow, and therefore before the database is locked
    commit = reading.commit if reading else ""
    with transaction.atomic():
        source = _source(plan, reading, commit)
        _refuse_if_stale(plan, source)
        _refuse_if_merged(plan)
        files_before = source.surroundings().files
        topics = write_topics(plan.topics, source, around)
        questions = write_questions(plan.questions, topics, source)
        write_notes(plan.questions, topics, questions, html, source)
        _retire(plan)
        settle_titles(source)
        around.pictures.save()
        _render_again(source, around, files_before)
        facts = {"source": source, "commit": commit, "counts": as_counts(plan), "plan": as_history(plan)}
        if run is None:
            origin = reading.origin[:500] if reading else ""
            run = Import.objects.create(by=by, origin=origin, state=APPLIED, finished_at=timezone.now(), **facts)
        elif not run.conclude(APPLIED, **facts):
            raise Refused(OVERTAKEN)
        write_candidates(plan.candidates, run)
    if not plan.is_empty:
        propose_merges(source)
    return run


def _render_changed(plan, around):
    """HTML of (text, answer) by the position of its question in the plan, for those whose words change."""
    texts = Texts()
    return {
        position: tuple(
            texts.keep(render_note(words, plan.source.slug, f"{planned.key}{part}", planned.parsed.file, around))
            for part, words in (("?", planned.parsed.text), ("", planned.parsed.answer))
        )
        for position, planned in enumerate(plan.questions)
        if planned.row is None or planned.row.fingerprint != planned.parsed.fingerprint
    }


def _render_again(source, around, files_before):
    """Notes whose words stayed, but whose links or pictures lead elsewhere now."""
    changed = Q()
    for address in around.pictures.outdated:
        changed |= Q(answer_html__contains=address)
    if around.files != files_before:
        changed |= Q(answer__contains=".md")
    if not changed:
        return
    notes = list(source.notes.filter(changed).select_related("question"))
    for note in notes:
        note.answer_html = render_note(note.answer, source.slug, note.question.key, note.file, around)
    Note.objects.bulk_update(notes, ["answer_html"], 500)


def _source(plan, reading, commit):
    source = plan.source
    source.commit, source.synced_at = commit or source.commit, timezone.now()
    source.digest = digest_of(reading, source) if reading else ""
    if source.pk:
        before = Source.objects.select_for_update().get(pk=source.pk)
        if before.synced_at and before.synced_at > plan.made_at:
            raise Refused(STALE)
    source.save()
    return source


def _refuse_if_stale(plan, source):
    """A note edited after the plan was made must not be overwritten by it, nor what was taken down come back."""
    if takedowns_since(plan.made_at) or Note.objects.filter(source=source, edited_at__gt=plan.made_at).exists():
        raise Refused(STALE)


def _refuse_if_merged(plan):
    """Nor may it tie a note to a question that has gone into another, or come back out of it, since then."""
    since = Merge.objects.filter(Q(at__gt=plan.made_at) | Q(undone_at__gt=plan.made_at)).values_list("kept", "gone")
    concerned = {pk for pair in since for pk in pair}
    if any(planned.owner_id in concerned for planned in plan.questions):
        raise Refused(STALE)


def _retire(plan):
    """What the source no longer has is hidden, and kept with everything that hangs on it."""
    now = timezone.now()
    _update_in_parts(Note.objects, [row.pk for row in plan.retired], retired_at=now)
    deserted = Question.objects.filter(retired_at=None).exclude(notes__retired_at=None)
    _update_in_parts(deserted, [row.owner_id for row in plan.retired], retired_at=now)
    Note.follow(row.pk for row in plan.retired)
    restored = [one.owner_id for one in plan.questions if one.row and one.row.owner_retired_at]
    SearchEntry.objects.settle([*(row.owner_id for row in plan.retired), *restored])
    _update_in_parts(TopicNote.objects, [row.pk for row in plan.retired_topics], retired_at=now)
    for topic in Topic.objects.filter(pk__in=[row.owner_id for row in plan.retired_topics]).order_by("-path"):
        users = (topic.notes.filter(retired_at=None), topic.questions.live(), topic.children.live())
        if not any(user.exists() for user in users):
            topic.retired_at = now
            topic.save(update_fields=["retired_at"])


def _update_in_parts(queryset, pks, **values):
    for start in range(0, len(pks), 500):
        queryset.filter(pk__in=pks[start : start + 500]).update(**values)
