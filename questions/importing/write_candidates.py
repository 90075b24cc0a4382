"""Writes the renames that a plan proposes."""

from questions.importing.standing import in_parts
from questions.models import Question, RenameCandidate


def write_candidates(candidates, run):
    """A pair that was proposed before keeps what was decided on it."""
    keys = {one[side] for one in candidates for side in ("old", "new")}
    ids = {question.key: question.pk for question in in_parts(Question.objects.only("key"), "key", keys)}
    rows = [
        RenameCandidate(old_id=ids[one["old"]], new_id=ids[one["new"]], score=one["score"], run=run)
        for one in candidates
    ]
    RenameCandidate.objects.bulk_create(rows, 500, ignore_conflicts=True)
