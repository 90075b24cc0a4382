"""Carries a plan out, in one transaction: either all of it stands afterwards, or nothing has changed."""

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from questions.importing.reading import Refused
from questions.markdown.render import render
from questions.models import Conflict, Import, Note, Question, Source, Topic, TopicNote

BATCH = 500
# Below /questions/<id>/ these are pages of their own.
RESERVED_SLUGS = {"draft", "submit", "bookmark", "answered"}

STALE = "Notes have been edited or imported since this plan was made. Nothing was changed; make the plan again."


def apply(plan, *, by=None, origin="", commit=""):
    """Applies `plan` and returns its Import row. Raises Refused if the rows changed since the plan was made."""
    html = _render_changed(plan)  # slow, and therefore before the database is locked
    with transaction.atomic():
        source = _source(plan, commit)
        _refuse_if_stale(plan, source)
        topics = _write_topics(plan, source)
        questions = _write_questions(plan, topics)
        _write_notes(plan, source, topics, questions, html)
        _retire(plan)
        return Import.objects.create(
            source=source,
            by=by,
            origin=origin[:500],
            commit=commit,
            state=Import.State.APPLIED,
            finished_at=timezone.now(),
            counts=plan.counts,
            plan=describe(plan),
        )


def describe(plan):
    """The plan as the contract of `import_notes --json` has it, without the questions that stay the same."""
    return {
        "changes": [_row(planned) for planned in plan.questions if planned.change != "same"],
        "retired": [{"key": row.question.key, "title": row.title} for row in plan.retired],
        "candidates": plan.candidates,
        "problems": [vars(problem) for problem in [*plan.notes.problems, *plan.problems]],
    }


def _row(planned):
    parsed = planned.parsed
    return {
        "key": planned.key,
        "title": parsed.title,
        "path": list(parsed.trail),
        "file": parsed.file,
        "line": parsed.line,
        "change": planned.change,
    }


def _source(plan, commit):
    source = plan.source
    source.commit, source.synced_at = commit or source.commit, timezone.now()
    if source.pk:
        before = Source.objects.select_for_update().get(pk=source.pk)
        if before.synced_at and before.synced_at > plan.made_at:
            raise Refused(STALE)
    source.save()
    return source


def _refuse_if_stale(plan, source):
    """A note edited after the plan was made must not be overwritten by it."""
    if Note.objects.filter(source=source, edited_at__gt=plan.made_at).exists():
        raise Refused(STALE)


def _render_changed(plan):
    return {
        id(planned): render(planned.parsed.answer, prefix=f"n{planned.id or position}")
        for position, planned in enumerate(plan.questions)
        if _takes_text(planned) and planned.parsed.answer
    }


def _takes_text(planned):
    """Whether title and answer of the note become those of the source."""
    if planned.note is None:
        return True
    return not planned.note.edited_at and planned.note.fingerprint != planned.parsed.fingerprint


# --- Topics ------------------------------------------------------------------------------------------------------


def _write_topics(plan, source):
    """Makes and moves the topics; returns them in the order of the plan."""
    slugs = set(Topic.objects.values_list("slug", flat=True))
    topics = []
    for position, planned in enumerate(plan.topics):
        parsed, note, topic = planned.parsed, planned.note, planned.owner
        parent = topics[parsed.parent] if parsed.parent is not None else None
        if topic is None:
            slug = _free_slug(parsed.key or parsed.title, slugs)
            topic = Topic(key=planned.key, slug=slug, parent=parent, position=position)
        elif note:
            # Where a curator has put it elsewhere, it stays there.
            topic.parent = parent if topic.parent_id == note.parent_id else topic.parent
            topic.position = position if topic.position == note.position else topic.position
        topic.retired_at = None
        if note is None or note.title == note.imported_title:
            topic.titles = topic.titles | {source.language: parsed.title}
        topic.save()
        _write_topic_note(planned, source, topic, parent, position)
        topics.append(topic)
    return topics


def _write_topic_note(planned, source, topic, parent, position):
    parsed = planned.parsed
    note = planned.note or TopicNote(source=source, topic=topic, language=source.language, title=parsed.title)
    if note.title == note.imported_title:
        note.title = parsed.title
    _place(note, parsed, position)
    note.topic, note.parent = topic, parent
    note.save()


def _place(note, parsed, position):
    note.key_in_source, note.file, note.line = parsed.key, parsed.file, parsed.line
    note.trail, note.imported_title, note.position = list(parsed.trail), parsed.title, position
    note.retired_at = None


def _free_slug(wanted, taken):
    base = slugify(wanted, allow_unicode=True)[:80].strip("-") or "topic"
    slug, turn = base, 1
    while slug in taken:
        turn += 1
        slug = f"{base}-{turn}"
    taken.add(slug)
    return slug


# --- Questions and notes -----------------------------------------------------------------------------------------


def _write_questions(plan, topics):
    """Makes and moves the questions; returns them in the order of the plan."""
    questions, made, moved = [], [], []
    for position, planned in enumerate(plan.questions):
        topic, note, question = topics[planned.parsed.topic], planned.note, planned.owner
        if question is None:
            question = Question(key=planned.key, topic=topic, position=position, slug=_slug(planned.parsed))
            made.append(question)
        before = (question.topic_id, question.position, question.retired_at, question.titles, question.difficulty)
        if note:
            question.topic = topic if question.topic_id == note.topic_id else question.topic
            question.position = position if question.position == note.position else question.position
        question.retired_at = None
        if note is None or not note.edited_at:
            question.titles = question.titles | {plan.source.language: planned.parsed.title}
        question.difficulty = planned.parsed.difficulty or question.difficulty
        after = (question.topic_id, question.position, question.retired_at, question.titles, question.difficulty)
        if question.pk and before != after:
            moved.append(question)
        questions.append(question)
    now = timezone.now()
    for question in moved:
        question.updated_at = now
    Question.objects.bulk_create(made, BATCH)
    fields = ["topic", "position", "retired_at", "titles", "difficulty", "updated_at"]
    Question.objects.bulk_update(moved, fields, BATCH)
    _write_parents(plan, questions)
    return questions


def _write_parents(plan, questions):
    changed = []
    for planned, question in zip(plan.questions, questions, strict=True):
        parent = questions[planned.parsed.parent] if planned.parsed.parent is not None else None
        if planned.note and question.parent_id != planned.note.parent_id:
            continue  # a curator has tied it elsewhere
        if question.parent_id != (parent.pk if parent else None):
            question.parent = parent
            changed.append(question)
    Question.objects.bulk_update(changed, ["parent"], BATCH)


def _slug(parsed):
    slug = parsed.key or slugify(parsed.title, allow_unicode=True)[:60].strip("-")
    slug = slugify(slug, allow_unicode=True)
    return f"{slug}-" if slug in RESERVED_SLUGS else slug


def _write_notes(plan, source, topics, questions, html):
    made, changed, texts, conflicts = [], [], [], []
    for position, (planned, question) in enumerate(zip(plan.questions, questions, strict=True)):
        parsed = planned.parsed
        note = planned.note or Note(source=source, question=question, language=source.language)
        before = _stored(note)
        if _takes_text(planned):
            note.title, note.answer = parsed.title, parsed.answer
            note.answer_html, note.renderer = html.get(id(planned), ""), render.version
            if note.pk:
                texts.append(note)
        elif note.fingerprint_here == parsed.fingerprint:
            note.edited_at = None  # the source has taken the edit over
        elif note.fingerprint != parsed.fingerprint:
            conflicts.append(Conflict(note=note, title=parsed.title, answer=parsed.answer))
        _place(note, parsed, position)
        note.topic = topics[parsed.topic]
        note.parent = questions[parsed.parent] if parsed.parent is not None else None
        note.fingerprint, note.answer_digest = parsed.fingerprint, parsed.digest
        if not note.pk:
            made.append(note)
        elif _stored(note) != before:
            note.updated_at = timezone.now()
            changed.append(note)
    # Keys may have changed places among the notes: the old ones go first, so that no two are the same in between.
    Note.objects.filter(pk__in=[note.pk for note in changed if note.key_in_source]).update(key_in_source="")
    Note.objects.bulk_update(changed, [*_STORED, "updated_at"], BATCH)
    Note.objects.bulk_update(texts, ["title", "answer", "answer_html", "renderer"], BATCH)
    Note.objects.bulk_create(made, BATCH)
    Conflict.objects.filter(note__in=[note.pk for note in changed if note.edited_at is None]).delete()
    Conflict.objects.bulk_create(
        conflicts, BATCH, update_conflicts=True, unique_fields=["note"], update_fields=["title", "answer", "found_at"]
    )


_STORED = [
    "key_in_source", "file", "line", "trail", "imported_title", "position", "retired_at",
    "topic", "parent", "fingerprint", "answer_digest", "edited_at",
]  # fmt: skip


def _stored(note):
    return [getattr(note, Note._meta.get_field(name).attname) for name in _STORED]


def _retire(plan):
    """What the source no longer has is hidden, and kept with everything that hangs on it."""
    now = timezone.now()
    Note.objects.filter(pk__in=[note.pk for note in plan.retired]).update(retired_at=now)
    gone = [note.question_id for note in plan.retired]
    Question.objects.filter(pk__in=gone, retired_at=None).exclude(notes__retired_at=None).update(retired_at=now)
    TopicNote.objects.filter(pk__in=[note.pk for note in plan.retired_topics]).update(retired_at=now)
    for topic in Topic.objects.filter(pk__in=[note.topic_id for note in plan.retired_topics]).order_by("-path"):
        users = (topic.notes.filter(retired_at=None), topic.questions.live(), topic.children.live())
        if not any(user.exists() for user in users):
            topic.retired_at = now
            topic.save(update_fields=["retired_at"])
