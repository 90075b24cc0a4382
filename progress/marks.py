"""A reader's marks on questions, and the questions they may see because of them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, Subquery, Value

from progress.changes import changed
from progress.models import Answered, Bookmark, Card, Draft, Turn
from questions.models import Answer, Question


@dataclass(frozen=True)
class Marks:
    """Since when, or None."""

    bookmarked: datetime | None = None
    answered: datetime | None = None
    drafted: datetime | None = None
    practised: datetime | None = None
    changed: datetime | None = None  # what it says, since it was answered


def visible_questions(user):
    """What is live, and to a reader also what is retired but carries something of theirs; curators see both.

    A question that was merged into another is seen there.
    """
    if user.is_staff and user.has_perm("questions.change_question"):  # staff first: readers cost no query
        return Question.objects.unmerged()
    if not user.is_authenticated:
        return Question.objects.live()
    theirs = Q()
    for rows in (
        *(kind.objects.filter(user=user) for kind in (Bookmark, Answered, Draft, Card)),
        Answer.objects.filter(author=user),
        Turn.objects.asked().filter(interview__user=user),
    ):
        theirs |= Q(Exists(rows.filter(question=OuterRef("pk"))))
    return Question.objects.unmerged().filter(Q(retired_at=None) | theirs)


def marks_by_kind(user):
    """The rows behind each mark of a reader, and the column that says since when."""
    return {
        "bookmarked": (Bookmark.objects.filter(user=user), "created_at"),
        "answered": (Answered.objects.filter(user=user), "created_at"),
        "drafted": (Draft.objects.filter(user=user).with_text(), "updated_at"),
        "practised": (Card.objects.filter(user=user), "reviewed_at"),
        "changed": (changed(user), "changed_at"),
    }


def attach_marks(questions, user):
    """Lays `.marks` onto each of `questions`, with one query for all kinds and none for who is not signed in."""
    questions = list(questions)
    found = {}
    if user.is_authenticated and questions:
        ids = {question.pk for question in questions}
        first, *others = (
            rows.filter(question__in=ids).order_by().values_list("question_id", Value(kind), F(since))
            for kind, (rows, since) in marks_by_kind(user).items()
        )
        for question_id, kind, since in first.union(*others, all=True):
            found.setdefault(question_id, {})[kind] = since
    for question in questions:
        question.marks = Marks(**found.get(question.pk, {}))
    return questions


def marked(questions, user, value):
    """Those of `questions` that the reader has marked so: "answered", "unanswered", "bookmarked", "draft"; "": all."""
    if not value:
        return questions
    kind = {"unanswered": "answered", "draft": "drafted"}.get(value, value)
    has_mark = Exists(marks_by_kind(user)[kind][0].filter(question=OuterRef("pk")))
    return questions.filter(~has_mark if value == "unanswered" else has_mark)


def with_draft(questions, user):
    """Adds the reader's `draft_text` and `draft_version`, so that the editor opens without another query."""
    draft = Draft.objects.filter(user=user, question=OuterRef("pk"))
    return questions.annotate(
        draft_text=Subquery(draft.values("text")[:1]), draft_version=Subquery(draft.values("version")[:1])
    )
