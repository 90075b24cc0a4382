"""Leaves out of an import what a takedown keeps out, whichever source brings it."""

from django.db.models import Q

from questions import identity
from questions.blocking import judge
from questions.markdown.reading.notes import Problem
from questions.models import Block, Note, Takedown


def leave_out_blocked(source, questions):
    """Takes the answers out of `questions` (parsed, with fingerprints) that are blocked; returns the problems.

    What the source says already is not asked about again: a takedown has taken that out, or left it.
    """
    if source.takedown_id:
        return [_leave_out(question, source.takedown_id) for question in questions if question.answer]
    if not Block.objects.exists():
        return []
    said = set(Note.objects.filter(source=source).values_list("fingerprint", flat=True)) if source.pk else set()
    asked = {i: one.answer for i, one in enumerate(questions) if one.answer and one.fingerprint not in said}
    return [
        _leave_out(questions[i], verdict.takedown_id) if verdict.is_blocked else _point_out(questions[i], verdict)
        for i, verdict in sorted(judge(asked).items())
    ]


def takedowns_since(moment):
    """Whether a plan made at `moment` knows other texts than now stand here."""
    return Takedown.objects.filter(Q(state="upheld", decided_at__gt=moment) | Q(undone_at__gt=moment)).exists()


def _leave_out(question, takedown_id):
    question.answer = ""
    question.fingerprint = identity.fingerprint(question.title, "")
    message = f"The answer is left out: blocked by takedown {takedown_id}."
    return Problem("error", question.file, question.line, message)


def _point_out(question, verdict):
    message = f"{verdict.share:.0%} of the answer is what takedown {verdict.takedown_id} removed: look at both."
    return Problem("warning", question.file, question.line, message)
