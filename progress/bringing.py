"""Brings a bundle to an account: what stands there, what would be added (Additions, pure), and adding it.

Union: nothing that stands is taken away, of two times the newer one counts, of two drafts both texts stay. A second
time the same bundle adds nothing.
"""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from progress.bundle import KeptDraft, KeptRating
from progress.models import Answered, Bookmark, Draft, Review
from progress.practising import lock, refold
from questions.models import Question

BATCH = 500
EARLIEST = datetime(2020, 1, 1, tzinfo=UTC)  # a clock that says less is wrong
MARKS = {"answered": Answered, "bookmarked": Bookmark}


@dataclass(frozen=True)
class Standing:
    """What an account has already, as far as a bundle is concerned."""

    questions: dict[int | str, int]  # what the bundle calls it → the question that it is today
    retired: set[int] = field(default_factory=set)
    answered: dict[int, datetime] = field(default_factory=dict)
    bookmarked: dict[int, datetime] = field(default_factory=dict)
    drafts: dict[int, str] = field(default_factory=dict)
    events: set[UUID] = field(default_factory=set)


@dataclass
class Additions:
    """What is to be written, by question; and what is not, to be told."""

    answered: dict[int, datetime] = field(default_factory=dict)
    bookmarked: dict[int, datetime] = field(default_factory=dict)
    drafts: dict[int, tuple[str, datetime]] = field(default_factory=dict)
    ratings: dict[UUID, tuple[int, KeptRating, datetime]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("answered", "bookmarked", "drafts"), 0))
    joined: int = 0  # drafts put below one that stands
    there: int = 0
    unknown: int = 0
    retired: set[int] = field(default_factory=set)
    left: list[KeptDraft] = field(default_factory=list)  # texts that have no place here

    @property
    def adds(self):
        return sum(self.counts.values()) + len(self.ratings)

    @property
    def names_left(self):
        """What the bundle calls the questions of those texts, for a script to read."""
        return json.dumps([str(draft.question) for draft in self.left])


def plan(bundle, standing, now):
    """The Additions. Whatever the browser's clock says, nothing was done after `now`."""
    made = Additions()
    for kind in MARKS:
        for mark in getattr(bundle, kind):
            _plan_mark(made, kind, mark, standing, now)
    for draft in bundle.drafts:
        _plan_draft(made, draft, standing, now)
    for rating in bundle.ratings:
        _plan_rating(made, rating, standing, now)
    known = {standing.questions[entry.question] for entry in bundle if entry.question in standing.questions}
    made.retired = known & standing.retired
    return made


def _plan_mark(made, kind, mark, standing, now):
    pk, stands, planned = standing.questions.get(mark.question), getattr(standing, kind), getattr(made, kind)
    if pk is None:
        made.unknown += 1
        return
    at = possible(mark.at, now)
    if pk in stands or pk in planned:  # two of the bundle are one, if their questions have become one
        made.there += 1
    else:
        made.counts[kind] += 1
    before = planned.get(pk, stands.get(pk))
    if before is None or at > before:
        planned[pk] = at


def _plan_draft(made, draft, standing, now):
    pk, text = standing.questions.get(draft.question), draft.text
    if not text.strip():
        return
    if pk is None:
        made.unknown += 1
        made.left.append(draft)
        return
    at = possible(draft.at, now)
    before, _since = made.drafts.get(pk, (standing.drafts.get(pk, ""), None))
    if text.strip() in before:
        made.there += 1
        return
    if before.strip():
        text = f"{before}\n\n{_where_from(at)}\n\n{text}"
    if len(text) > settings.TEXT_LIMIT:
        made.left.append(draft)
        return
    made.joined += bool(before.strip())
    made.counts["drafts"] += 1
    made.drafts[pk] = (text, at)


def _where_from(at):
    return _("*Brought along, written on %(day)s:*") % {"day": date_format(at, "DATE_FORMAT")}


def _plan_rating(made, rating, standing, now):
    pk = standing.questions.get(rating.question)
    if pk is None:
        made.unknown += 1
    elif rating.event in standing.events or rating.event in made.ratings:
        made.there += 1
    else:
        made.ratings[rating.event] = (pk, rating, possible(rating.at, now))


def possible(at, now):
    return max(EARLIEST, min(at, now))


def standing_of(user, bundle, *, to_write=False):
    """What stands in the account of `user`; with `to_write`, drafts are held until the end of the transaction."""
    questions, retired = _questions_of(bundle)
    pks = sorted(set(questions.values()))
    drafts = Draft.objects.select_for_update() if to_write else Draft.objects
    events = sorted({rating.event for rating in bundle.ratings})
    return Standing(
        questions,
        retired,
        **{kind: _pairs(model.objects.filter(user=user), pks, "created_at") for kind, model in MARKS.items()},
        drafts=_pairs(drafts.filter(user=user), pks, "text"),
        events={
            event
            for part in _in_parts(events)
            for event in Review.objects.filter(user=user, event__in=part).values_list("event", flat=True)
        },
    )


def _questions_of(bundle):
    """Name in the bundle → primary key; and which of them are retired. What was merged is found where it went.

    One that its source has taken out since may carry marks, as it does for those who had them there in time.
    """
    names = {entry.question for entry in bundle}
    found, retired = {}, set()
    for part in _in_parts(sorted(names, key=str)):
        pks = [name for name in part if isinstance(name, int)]
        keys = [name for name in part if isinstance(name, str)]
        rows = Question.objects.filter(Q(pk__in=pks) | Q(key__in=keys)).values_list(
            "pk", "key", "merged_into_id", "retired_at", "merged_into__retired_at"
        )
        for pk, key, merged_into, gone_at, other_gone_at in rows:
            at = merged_into or pk
            found |= {name: at for name in (pk, key) if name in names}
            if other_gone_at if merged_into else gone_at:
                retired.add(at)
    return found, retired


def _pairs(rows, pks, value):
    return {
        question_id: found
        for part in _in_parts(pks)
        for question_id, found in rows.filter(question__in=part).order_by("pk").values_list("question_id", value)
    }


def _in_parts(things):
    return (things[start : start + BATCH] for start in range(0, len(things), BATCH))


def bring(user, bundle, now):
    """Adds what is planned, in one transaction, and returns the Additions."""
    try:
        return _bring(user, bundle, now)
    except IntegrityError:  # a draft was begun in another tab in this very moment; now it stands, and is joined
        return _bring(user, bundle, now)


@transaction.atomic
def _bring(user, bundle, now):
    lock(user)
    made = plan(bundle, standing_of(user, bundle, to_write=True), now)
    for kind, model in MARKS.items():
        _write_marks(user, model, getattr(made, kind))
    _write_drafts(user, made.drafts)
    _write_reviews(user, made.ratings.values())
    return made


def _write_marks(user, model, times):
    """One that was set elsewhere in this very moment is no obstacle."""
    marks = [model(user=user, question_id=pk) for pk in times]
    model.objects.bulk_create(
        marks, BATCH, update_conflicts=True, unique_fields=["user", "question"], update_fields=["created_at"]
    )
    for mark in marks:  # making a row sets its time to now
        mark.created_at = times[mark.question_id]
    model.objects.bulk_update(marks, ["created_at"], BATCH)


def _write_drafts(user, texts):
    """`version` is raised: a tab that is still open on the draft is told before it overwrites this."""
    pks = list(texts)
    stand = [draft for part in _in_parts(pks) for draft in Draft.objects.filter(user=user, question__in=part)]
    for draft in stand:
        draft.version += 1
    new = [Draft(user=user, question_id=pk) for pk in set(pks) - {draft.question_id for draft in stand}]
    for draft in (*stand, *new):
        draft.text = texts[draft.question_id][0]
    Draft.objects.bulk_create(new, BATCH)
    for draft in new:  # making a row sets its times to now
        draft.created_at = draft.updated_at = texts[draft.question_id][1]
    for draft in stand:
        draft.updated_at = max(draft.updated_at, texts[draft.question_id][1])
    drafts = [*stand, *new]
    Draft.objects.bulk_update(drafts, ["text", "version", "created_at", "updated_at"], BATCH)
    Draft.follow(draft.pk for draft in drafts)


def _write_reviews(user, ratings):
    ordered = sorted(ratings, key=lambda one: (one[2], one[1].at))
    reviews = [
        Review(user=user, question_id=pk, rating=kept.rating, at=at, seconds=kept.seconds, event=kept.event)
        for pk, kept, at in ordered
    ]
    Review.objects.bulk_create(reviews, BATCH)
    concerned = sorted({review.question_id for review in reviews})
    for part in _in_parts(concerned):
        refold(user, part)
