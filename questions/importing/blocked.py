"""Leaves out of an import what a takedown keeps out, whichever source brings it."""

from django.db.models import Q

from questions import identity
from questions.blocking import judge
from questions.markdown.reading.notes import Problem
from questions.models import Block, Note, Takedown

NAMES = {"answer": "The answer", "text": "The text below the question", "introduction": "The introduction"}


def leave_out_blocked(source, notes):
    """Takes the words out of `notes` (parsed, with fingerprints) that are blocked; returns the problems.

    What the source says already of a question is not asked about again: a takedown has taken that out, or left it.
    """
    if source.takedown_id:
        return [_leave_out(parsed, name, source.takedown_id) for parsed, name in _words(notes, ())]
    if not Block.objects.exists():
        return []
    said = set(Note.objects.filter(source=source).values_list("fingerprint", flat=True)) if source.pk else set()
    asked = list(_words(notes, said))
    verdicts = judge({n: _get(parsed, name) for n, (parsed, name) in enumerate(asked)})
    return [
        _leave_out(*asked[n], verdict.takedown_id) if verdict.is_blocked else _point_out(*asked[n], verdict)
        for n, verdict in sorted(verdicts.items())
    ]


def takedowns_since(moment):
    """Whether a plan made at `moment` knows other texts than now stand here."""
    return Takedown.objects.filter(Q(state="upheld", decided_at__gt=moment) | Q(undone_at__gt=moment)).exists()


def _words(notes, said):
    """What was parsed, and the name of the words in it, for all words that there are."""
    for question in notes.questions:
        if question.fingerprint not in said:
            yield from ((question, name) for name in ("text", "answer") if getattr(question, name))
    yield from ((topic, "introduction") for topic in notes.topics if topic.text)


def _get(parsed, name):
    return parsed.text if name == "introduction" else getattr(parsed, name)


def _leave_out(parsed, name, takedown_id):
    if name == "introduction":
        parsed.text = ""
    else:
        setattr(parsed, name, "")
        parsed.fingerprint = identity.fingerprint(parsed.title, parsed.answer, parsed.text)
    message = f"{NAMES[name]} is left out: blocked by takedown {takedown_id}."
    return Problem("error", parsed.file, parsed.line, message)


def _point_out(parsed, name, verdict):
    message = (
        f"{NAMES[name]} shares {verdict.share:.0%} with what takedown {verdict.takedown_id} removed: look at both."
    )
    return Problem("warning", parsed.file, parsed.line, message)
