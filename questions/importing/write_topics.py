"""Writes the topics of a plan."""

from django.utils.text import slugify

from questions.importing.standing import in_parts
from questions.models import Topic, TopicNote
from questions.surroundings import render_note


def write_topics(planned_topics, source, around):
    """Makes and moves the topics; returns them in the order of the plan. Where a curator put one, it stays."""
    standing = {topic.pk: topic for topic in in_parts(Topic.objects, "pk", _owners(planned_topics))}
    notes = {note.pk: note for note in in_parts(TopicNote.objects, "pk", _rows(planned_topics))}
    slugs = set(Topic.objects.values_list("slug", flat=True))
    topics = []
    for position, planned in enumerate(planned_topics):
        parsed, row = planned.parsed, planned.row
        parent = topics[parsed.parent] if parsed.parent is not None else None
        topic = standing.get(planned.owner_id)
        if topic is None:
            slug = _free_slug(parsed.key or parsed.title, slugs)
            topic = Topic(key=planned.key, slug=slug, parent=parent, position=position)
        before = _facts(topic)
        if row:
            topic.parent = parent if topic.parent_id == row.parent_id else topic.parent
            topic.position = position if topic.position == row.position else topic.position
        if row is None or row.retired_at:  # else it is a curator who has retired it
            topic.retired_at = None
        if topic.titles.get(source.language) in (None, row and row.imported_title):  # nobody else named it so
            topic.entitle(topic.titles | {source.language: parsed.title})
        if not topic.pk or _facts(topic) != before:
            topic.save()
        _write_note(notes.get(row.pk) if row else None, planned, source, topic, parent, position, around)
        topics.append(topic)
    return topics


def _owners(planned_topics):
    return [planned.owner_id for planned in planned_topics if planned.owner_id]


def _rows(planned_topics):
    return [planned.row.pk for planned in planned_topics if planned.row]


def _facts(topic):
    return (topic.parent_id, topic.position, topic.retired_at, dict(topic.titles))


def _write_note(note, planned, source, topic, parent, position, around):
    parsed = planned.parsed
    note = note or TopicNote(source=source, language=source.language, title=parsed.title)
    before = dict(vars(note))
    if note.title == note.imported_title:
        note.title = parsed.title
    note.key_in_source, note.file, note.line = parsed.key, parsed.file, parsed.line
    note.trail, note.imported_title, note.position = list(parsed.trail), parsed.title, position
    note.retired_at, note.topic_id, note.parent_id = None, topic.pk, parent.pk if parent else None
    if note.introduction != parsed.text:
        note.introduction = parsed.text
        note.introduction_html = render_note(parsed.text, source.slug, planned.key, parsed.file, around)
    if not note.pk or vars(note) != before:
        note.save()


def _free_slug(wanted, taken):
    base = slugify(wanted, allow_unicode=True)[:80].strip("-") or "topic"
    slug, turn = base, 1
    while slug in taken:
        turn += 1
        slug = f"{base}-{turn}"
    taken.add(slug)
    return slug
