"""Which of a question's notes a reader is shown; works on notes that were fetched, and asks no database."""

from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import get_language

from questions.models.titles import pick_language


@dataclass(frozen=True)
class ChosenNotes:
    """The note to show, what other sources say in the same language, and every language there is a note in."""

    note: object = None
    elsewhere: list = field(default_factory=list)
    languages: list = field(default_factory=list)
    fallback: bool = False


def chosen_notes(notes, wanted=None):
    """In the language that suits best; one with a reference answer before one without, then in order of source.

    `wanted` counts if it is a language that is known here, else the active one does.
    """
    notes = sorted(notes, key=lambda note: (not note.answer, note.source_id, note.position, note.pk))
    languages = sorted({note.language for note in notes})
    if wanted not in languages and wanted not in dict(settings.LANGUAGES):
        wanted = get_language()
    language = pick_language(languages, wanted)
    first, *others = [note for note in notes if note.language == language] or [None]
    elsewhere = [note for note in others if note.source_id != first.source_id]
    return ChosenNotes(first, elsewhere, languages, fallback=bool(first) and language != wanted)
