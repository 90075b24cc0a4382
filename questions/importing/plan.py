"""Lays parsed notes beside the rows of their source and says what an import would change. Writes nothing."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from questions import identity
from questions.importing.blocked import leave_out_blocked
from questions.importing.keys import drop_repeated_keys, new_keys, owners_by_key
from questions.importing.pictures import missing_pictures
from questions.importing.standing import NoteRow, TopicRow, note_rows, topic_rows
from questions.markdown.reading.notes import ParsedNotes, ParsedQuestion, ParsedTopic, Problem
from questions.markdown.reading.titles import normalise
from questions.models import Question, Source, Topic

CHANGES = ("added", "changed", "moved", "renamed", "restored", "same", "conflicts")


@dataclass(slots=True)
class Planned:
    """A parsed topic or question, the row it is recognised as, and what that means for it."""

    parsed: ParsedTopic | ParsedQuestion
    row: TopicRow | NoteRow | None
    owner_id: int | None  # of the Topic or Question; None if it is yet to be made
    key: str
    change: str


@dataclass
class Plan:
    source: Source  # unsaved if the import would make it
    notes: ParsedNotes
    made_at: datetime
    topics: list[Planned] = field(default_factory=list)
    questions: list[Planned] = field(default_factory=list)
    retired: list[NoteRow] = field(default_factory=list)
    retired_topics: list[TopicRow] = field(default_factory=list)
    candidates: list[dict] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def counts(self):
        changes = Counter(planned.change for planned in self.questions)
        return {
            "topics": len(self.topics),
            "questions": len(self.questions),
            "answers": sum(bool(planned.parsed.answer) for planned in self.questions),
            **{change: changes[change.removesuffix("s") if change == "conflicts" else change] for change in CHANGES},
            "retired": len(self.retired),
            "candidates": len(self.candidates),
        }

    @property
    def is_empty(self):
        """Whether applying it would change nothing that a reader could see."""
        counts = self.counts
        return not self.retired_topics and counts["same"] == counts["questions"] and not counts["retired"]


def make_plan(source, notes, reading=None):
    """The Plan of importing `notes` (ParsedNotes) into `source`, saved or not; `reading` is where they came from."""
    plan = Plan(source, notes, timezone.now())
    _keep_to_mode(source, notes)
    plan.problems += leave_out_blocked(source, notes.questions)
    _plan_questions(plan)
    _plan_topics(plan)
    _propose_renames(plan)
    if reading:
        plan.problems += missing_pictures(notes, reading)
    return plan


def _keep_to_mode(source, notes):
    """A source whose answers may not be shown keeps what tells them apart, but not their words."""
    for question in notes.questions:
        question.digest = identity.digest(question.answer)
        if source.mode != Source.Mode.FULL:
            question.answer = ""
        question.fingerprint = identity.fingerprint(question.title, question.answer)


def _plan_questions(plan):
    parsed = plan.notes.questions
    drop_repeated_keys(parsed, plan.problems)
    rows = note_rows(plan.source)
    new = [identity.Known(p.key, identity.place(p.file, p.trail), normalise(p.title), p.digest) for p in parsed]
    old = [row.known() for row in rows]
    matches = identity.recognise(new, old)
    changes = [
        _change(question, rows[matches[i]], new[i], old[matches[i]]) if i in matches else "added"
        for i, question in enumerate(parsed)
    ]
    plan.questions = _planned(Question, parsed, rows, matches, changes, plan)
    kept = set(matches.values())
    plan.retired = [row for j, row in enumerate(rows) if j not in kept and row.retired_at is None]


def _plan_topics(plan):
    parsed = plan.notes.topics
    drop_repeated_keys(parsed, plan.problems)
    rows = topic_rows(plan.source)
    new = [identity.Known(p.key, identity.place(p.file, p.trail[:-1]), normalise(p.title)) for p in parsed]
    matches = identity.recognise(new, [row.known() for row in rows])
    _follow_the_questions(plan, matches, rows)
    changes = ["same" if i in matches else "added" for i in range(len(parsed))]
    plan.topics = _planned(Topic, parsed, rows, matches, changes, plan)
    kept = set(matches.values())
    plan.retired_topics = [row for j, row in enumerate(rows) if j not in kept and row.retired_at is None]


def _planned(model, parsed, rows, matches, changes, plan):
    """What was recognised keeps its owner; what is new shares that of a translation, or gets a key of its own."""
    strangers = [one for i, one in enumerate(parsed) if i not in matches]
    shared = owners_by_key(model, strangers, plan.source, plan.problems)
    keys = new_keys(model, plan.source, [one for one in strangers if one.key not in shared])
    planned = []
    for i, one in enumerate(parsed):
        if i in matches:
            row = rows[matches[i]]
            planned.append(Planned(one, row, row.owner_id, row.owner_key, changes[i]))
        elif one.key in shared:
            planned.append(Planned(one, None, shared[one.key], one.key, changes[i]))
        else:
            planned.append(Planned(one, None, None, keys[id(one)], changes[i]))
    return planned


def _change(question, row, new, old):
    if row.retired_at:
        return "restored"
    says_the_same = question.fingerprint in (row.fingerprint, row.fingerprint_here)
    if row.edited_at and not says_the_same:
        return "conflict"
    if new.title != old.title:
        return "renamed"
    if new.place[1:] != old.place[1:] or (new.place != old.place and not question.key):
        return "moved"  # a key says where a question belongs; without one, the file does too
    return "same" if says_the_same else "changed"


def _follow_the_questions(plan, matches, rows):
    """A topic under a new title is the old one if most of the questions on it came from there, and it is free."""
    votes = defaultdict(Counter)
    for planned in plan.questions:
        if planned.row and planned.parsed.topic not in matches:
            votes[planned.parsed.topic][planned.row.topic_id] += 1
    taken = set(matches.values())
    free = {row.owner_id: j for j, row in enumerate(rows) if j not in taken}
    sizes = Counter(planned.parsed.topic for planned in plan.questions)
    for i in sorted(votes):
        topic_id, count = votes[i].most_common(1)[0]
        if topic_id in free and count * 2 > sizes[i]:
            matches[i] = free.pop(topic_id)


def _propose_renames(plan):
    added = [(i, planned.parsed.title) for i, planned in enumerate(plan.questions) if planned.change == "added"]
    gone = [(j, row.imported_title) for j, row in enumerate(plan.retired)]
    for i, j, score in identity.propose(added, gone):
        plan.candidates.append({"old": plan.retired[j].owner_key, "new": plan.questions[i].key, "score": score})
