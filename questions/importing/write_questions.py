"""Writes the questions of a plan and what the source says of them, in bulk: only what differs is touched."""

from django.utils import timezone
from django.utils.text import slugify

from questions.importing.bulk import overwrite
from questions.importing.standing import in_parts
from questions.markdown.render import render
from questions.models import Conflict, Note, Question, Revision, Source

BATCH = 500
PLACE = ["key_in_source", "file", "line", "trail", "imported_title", "position", "retired_at", "topic_id", "parent_id"]
IMPRINT = ["fingerprint", "answer_digest", "edited_at"]


def write_questions(planned_questions, topics, source):
    """Makes and moves the questions; returns their primary keys in the order of the plan."""
    made = {}  # position → primary key
    fresh = [position for position, planned in enumerate(planned_questions) if planned.owner_id is None]
    for part in _parts(fresh):
        questions = [_question(planned_questions[position], position, topics, source) for position in part]
        made.update(zip(part, [one.pk for one in Question.objects.bulk_create(questions)], strict=True))
    ids = [made.get(position) or planned.owner_id for position, planned in enumerate(planned_questions)]
    _update_standing(planned_questions, topics, ids, source)
    _update_parents(planned_questions, ids, made)
    return ids


def _parts(rows):
    """`rows` in parts, so that the models of a hundred thousand are never there at once."""
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))


def _question(planned, position, topics, source):
    parsed = planned.parsed
    question = Question(
        key=planned.key,
        topic=topics[parsed.topic],
        position=position,
        slug=_slug(parsed),
        difficulty=parsed.difficulty,
    )
    question.entitle({source.language: parsed.title})
    return question


def _update_standing(planned_questions, topics, ids, source):
    """Questions that were there before follow their note — unless a curator has put them elsewhere."""
    wanted = {}
    for position, planned in enumerate(planned_questions):
        if planned.owner_id is None:
            continue
        values = _values(planned, position, topics[planned.parsed.topic].pk)
        if values:
            wanted[planned.owner_id] = values | {"row": planned.row}
    questions = list(in_parts(Question.objects, "pk", wanted))
    named_elsewhere = _named_elsewhere(wanted, source)
    now = timezone.now()
    for question in questions:
        values = wanted[question.pk]
        title, row = values.pop("title", None), values.pop("row")
        names_it = question.titles.get(source.language) in (None, row and row.imported_title)
        if title and names_it and question.pk not in named_elsewhere:
            question.entitle(question.titles | {source.language: title})
        for name, value in values.items():
            setattr(question, name, value)
        question.updated_at = now
    names = ["topic", "position", "retired_at", "difficulty", "updated_at", *Question.TITLES]
    Question.objects.bulk_update(questions, names, BATCH)


def _named_elsewhere(wanted, source):
    """Of merged questions, those that have their title in this language from an older note, of another source."""
    rows = {pk: values["row"].pk for pk, values in wanted.items() if "title" in values and values["row"]}
    others = Note.objects.live().filter(language=source.language).exclude(source=source).only("question_id")
    return {note.question_id for note in in_parts(others, "question", rows) if note.pk < rows[note.question_id]}


def _values(planned, position, topic_id):
    """What changes about a question that was there before: a dict of fields, empty for most."""
    parsed, row = planned.parsed, planned.row
    if row is None:  # known from a source in another language
        return {"title": parsed.title, "retired_at": None}
    values = {}
    if row.owner_retired_at and row.retired_at:  # else it is a curator who has retired it
        values["retired_at"] = None
    if not row.edited_at and (parsed.title != row.imported_title or row.retired_at):
        values["title"] = parsed.title
    if row.owner_topic_id == row.topic_id:
        if row.topic_id != topic_id:
            values["topic_id"] = topic_id
        if row.owner_position == row.position != position:
            values["position"] = position
    if parsed.difficulty and parsed.difficulty != row.owner_difficulty:
        values["difficulty"] = parsed.difficulty
    return values


def _update_parents(planned_questions, ids, made):
    changed = []
    for position, planned in enumerate(planned_questions):
        row, parent = planned.row, planned.parsed.parent
        parent_id = ids[parent] if parent is not None else None
        if row is None and position not in made:
            continue  # another source has said already what it follows up
        stands = row.owner_parent_id if row else None
        if stands == (row.parent_id if row else None) != parent_id:  # else a curator has tied it elsewhere
            changed.append(Question(pk=ids[position], parent_id=parent_id))
    Question.objects.bulk_update(changed, ["parent"], BATCH)


def _slug(parsed):
    return slugify(parsed.key or parsed.title, allow_unicode=True)[:60].strip("-")


def write_notes(planned_questions, topics, ids, html, source):
    """Writes what the source says; `html` has the rendered answers by position. Edited notes keep their words."""
    _lay_down_keys(planned_questions)
    if source.mode != Source.Mode.FULL:  # nor may it be shown what the answers were
        Revision.objects.filter(note__source=source).exclude(text="", answer="").delete()
    for part in _parts(list(enumerate(planned_questions))):
        _write_part(part, topics, ids, html, source)


def _lay_down_keys(planned_questions):
    """Keys may have changed hands: the old ones go first, so that no two notes bear the same one in between."""
    changed = [p.row.pk for p in planned_questions if p.row and p.row.key_in_source not in ("", p.parsed.key)]
    for part in _parts(changed):
        Note.objects.filter(pk__in=part).update(key_in_source="")


def _write_part(part, topics, ids, html, source):
    made, moved, reworded, conflicts, restored = [], [], [], [], []
    for position, planned in part:
        parsed, row = planned.parsed, planned.row
        note = Note(pk=row.pk if row else None, source=source, question_id=ids[position], language=source.language)
        _take_place(note, parsed, position, topics, ids)
        note.edited_at = row.edited_at if row and row.fingerprint_here != parsed.fingerprint else None
        if row is None or (not row.edited_at and row.fingerprint != parsed.fingerprint):
            note.title, note.text, note.answer = parsed.title, parsed.text, parsed.answer
            note.text_html, note.answer_html = map(str, html.pop(position))
            note.renderer = render.version
            if row:
                reworded.append(note)
        elif note.edited_at and row.fingerprint != parsed.fingerprint:
            conflicts.append(Conflict(note=note, title=parsed.title, text=parsed.text, answer=parsed.answer))
        if row is None:
            made.append(note)
        elif any(getattr(note, name) != getattr(row, name) for name in (*PLACE, *IMPRINT)):
            note.updated_at = timezone.now()
            moved.append(note)
            restored += [note.pk] * (row.retired_at is not None)
    Revision.keep(reworded)
    _save(made, moved, reworded, conflicts)
    Note.enter([*made, *reworded])
    Note.follow(restored)


def _take_place(note, parsed, position, topics, ids):
    note.key_in_source, note.file, note.line = parsed.key, parsed.file, parsed.line
    note.trail, note.imported_title, note.position = list(parsed.trail), parsed.title, position
    note.retired_at, note.topic_id = None, topics[parsed.topic].pk
    note.parent_id = ids[parsed.parent] if parsed.parent is not None else None
    note.fingerprint, note.answer_digest = parsed.fingerprint, parsed.digest


def _save(made, moved, reworded, conflicts):
    names = [name.removesuffix("_id") for name in (*PLACE, *IMPRINT)]
    overwrite(Note, moved, [*names, "updated_at"])
    overwrite(Note, reworded, ["title", "text", "text_html", "answer", "answer_html", "renderer"])
    Note.objects.bulk_create(made)
    Conflict.objects.filter(note__in=[note.pk for note in moved if note.edited_at is None]).delete()
    facts = {"unique_fields": ["note"], "update_fields": ["title", "text", "answer", "found_at"]}
    Conflict.objects.bulk_create(conflicts, update_conflicts=True, **facts)
