"""What stands in the database of a source, as light rows: a plan looks at all of them, and changes few."""

from dataclasses import dataclass, fields
from datetime import datetime

from questions import identity
from questions.markdown.reading.titles import normalise
from questions.models import Note, TopicNote


@dataclass(slots=True)
class Row:
    """A Note or TopicNote as last imported, and where its Question or Topic (the owner) stands now."""

    pk: int
    key_in_source: str
    file: str
    line: int
    trail: list
    imported_title: str
    position: int
    retired_at: datetime | None
    parent_id: int | None
    owner_id: int
    owner_key: str
    owner_parent_id: int | None
    owner_position: int
    owner_retired_at: datetime | None

    @property
    def place(self):
        return identity.place(self.file, self.trail)


@dataclass(slots=True)
class NoteRow(Row):
    topic_id: int
    fingerprint: str
    answer_digest: str
    edited_at: datetime | None
    owner_topic_id: int
    owner_difficulty: int | None
    fingerprint_here: str = ""  # of what an edited note says now: the source may have taken the edit over

    def known(self):
        key, title = self.key_in_source or self.owner_key, normalise(self.imported_title)
        return identity.Known(key, self.place, title, self.answer_digest, self.retired_at is None)


@dataclass(slots=True)
class TopicRow(Row):
    title: str

    def known(self):
        key, title = self.key_in_source or self.owner_key, normalise(self.imported_title)
        place = identity.place(self.file, self.trail[:-1])
        return identity.Known(key, place, title, is_live=self.retired_at is None)


def known(parsed):
    """What identity needs to know of a parsed topic or question."""
    is_topic = not hasattr(parsed, "answer")
    trail = parsed.trail[:-1] if is_topic else parsed.trail
    place = identity.place(parsed.file, trail)
    return identity.Known(parsed.key, place, normalise(parsed.title), "" if is_topic else parsed.digest)


def note_rows(source):
    rows = _rows(NoteRow, Note, source, "question")
    edited = {row.pk: row for row in rows if row.edited_at}
    for note in in_parts(Note.objects.only("title", "text", "answer"), "pk", edited):
        edited[note.pk].fingerprint_here = identity.fingerprint(note.title, note.answer, note.text)
    return rows


def topic_rows(source):
    return _rows(TopicRow, TopicNote, source, "topic")


def _rows(kind, model, source, owner):
    if not source.pk:
        return []
    names = [_column(field.name, owner) for field in fields(kind) if field.name != "fingerprint_here"]
    # What a curator wrote here stands in no file: it is not the source's to change or take away.
    found = model.objects.filter(source=source).exclude(file="").order_by("position", "pk").values_list(*names)
    return [kind(*values) for values in found.iterator(chunk_size=2000)]


def _column(name, owner):
    """`owner_key` is the key of the row's question or topic."""
    if name == "owner_id":
        return f"{owner}_id"
    return f"{owner}__{name.removeprefix('owner_')}" if name.startswith("owner_") else name


def in_parts(queryset, name, values, size=500):
    """The rows whose field `name` is one of `values`, asked for in parts that any database takes."""
    values = list(values)
    for start in range(0, len(values), size):
        yield from queryset.filter(**{f"{name}__in": values[start : start + size]})
