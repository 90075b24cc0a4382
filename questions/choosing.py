"""Which of a question's notes a reader is shown; works on notes that were fetched, and asks no database."""

from dataclasses import dataclass, field

from django.conf import settings

from accounts.languages import wanted_languages
from questions.models.titles import pick_language


@dataclass(frozen=True)
class ChosenNotes:
    """The note to show, what other sources say in the same language, and every language there is a note in."""

    note: object = None
    elsewhere: list = field(default_factory=list)
    languages: list = field(default_factory=list)
    missing: str = ""  # the language that was wanted, if there is no note in it


def chosen_notes(notes):
    """In the language that suits best; one with a reference answer before one without, then in order of source."""
    notes = sorted(notes, key=lambda note: (not note.answer, note.source_id, note.position, note.pk))
    languages = sorted({note.language for note in notes})
    language = pick_language(languages)
    wanted = next(code for code in wanted_languages() if code in languages or code in dict(settings.LANGUAGES))
    first, *others = [note for note in notes if note.language == language] or [None]
    elsewhere = [note for note in others if note.source_id != first.source_id]
    return ChosenNotes(first, elsewhere, languages, missing=wanted if first and language != wanted else "")
