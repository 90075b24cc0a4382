"""Lays parsed notes beside the rows of their source and says what an import would change. Writes nothing."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from questions import identity
from questions.importing.blocked import leave_out_blocked
from questions.importing.keys import drop_repeated_keys, new_keys, owners_by_key
from questions.importing.pictures import missing_pictures
from questions.importing.standing import NoteRow, TopicRow, known, note_rows, topic_rows
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
            "answers": sum(bool(planned.parsed.kept_answer) for planned in self.questions),
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
    plan.problems += leave_out_blocked(source, notes)
    for parsed in (notes.topics, notes.questions):
        drop_repeated_keys(parsed, plan.problems)
    found = _recognise(notes.questions, note_rows(source))
    topics = _recognise(notes.topics, topic_rows(source))
    _follow_the_questions(notes.questions, found, topics)
    plan.topics, plan.retired_topics = _planned(Topic, topics, plan)
    plan.questions, plan.retired = _planned(Question, found, plan)
    for planned in plan.questions:
        planned.change = _change(planned, plan.topics[planned.parsed.topic])
    _propose_renames(plan)
    if reading:
        plan.problems += missing_pictures(notes, reading)
    return plan


def _keep_to_mode(source, notes):
    """A source whose answers may not be shown keeps what tells them apart, but not their words."""
    is_full = source.mode == Source.Mode.FULL
    for topic in notes.topics:
        topic.text = topic.text if is_full else ""
    for question in notes.questions:
        answer, text = question.answer, question.text
        question.digest = identity.digest(answer)
        if not is_full:
            question.text = question.answer = text = answer = ""
        question.fingerprint = identity.fingerprint(question.title, answer, text)


@dataclass
class _Found:
    """What the notes say, what stands in the database, and who is who: {index of parsed: index of row}."""

    parsed: list
    rows: list
    matches: dict[int, int]


def _recognise(parsed, rows):
    return _Found(parsed, rows, identity.recognise([known(one) for one in parsed], [row.known() for row in rows]))


def _follow_the_questions(questions, found, topics):
    """A topic under a new title is the old one if most of the questions on it came from there, and it is free."""
    votes = defaultdict(Counter)
    for i, j in found.matches.items():
        if questions[i].topic not in topics.matches:
            votes[questions[i].topic][found.rows[j].topic_id] += 1
    taken = set(topics.matches.values())
    free = {row.owner_id: j for j, row in enumerate(topics.rows) if j not in taken}
    sizes = Counter(question.topic for question in questions)
    for i in sorted(votes):
        topic_id, count = votes[i].most_common(1)[0]
        if topic_id in free and count * 2 > sizes[i]:
            topics.matches[i] = free.pop(topic_id)


def _planned(model, found, plan):
    """A Planned for each that was parsed, and the rows that nobody claimed.

    What was recognised keeps its owner; what is new shares that of a translation, or gets a key of its own.
    """
    strangers = [one for i, one in enumerate(found.parsed) if i not in found.matches]
    shared = owners_by_key(model, strangers, plan.source, plan.problems)
    keys = new_keys(model, plan.source, [one for one in strangers if one.key not in shared])
    planned = []
    for i, one in enumerate(found.parsed):
        if i in found.matches:
            row = found.rows[found.matches[i]]
            planned.append(Planned(one, row, row.owner_id, row.owner_key, "same"))
        elif one.key in shared:
            planned.append(Planned(one, None, shared[one.key], one.key, "added"))
        else:
            planned.append(Planned(one, None, None, keys[id(one)], "added"))
    kept = set(found.matches.values())
    return planned, [row for j, row in enumerate(found.rows) if j not in kept and row.retired_at is None]


def _change(planned, topic):
    question, row = planned.parsed, planned.row
    if row is None:
        return "added"
    if row.retired_at:
        return "restored"
    says_the_same = question.fingerprint in (row.fingerprint, row.fingerprint_here)
    if row.edited_at and not says_the_same:
        return "conflict"
    if question.fingerprint != row.fingerprint_here and normalise(question.title) != normalise(row.imported_title):
        return "renamed"
    # A key says where a question belongs; without one, the file does too.
    if topic.owner_id != row.topic_id or (question.file != row.file and not question.key):
        return "moved"
    return "same" if says_the_same else "changed"


def _propose_renames(plan):
    added = [(i, planned.parsed.title) for i, planned in enumerate(plan.questions) if planned.change == "added"]
    gone = [(j, row.imported_title) for j, row in enumerate(plan.retired)]
    for i, j, score in identity.propose(added, gone):
        plan.candidates.append({"old": plan.retired[j].owner_key, "new": plan.questions[i].key, "score": score})
