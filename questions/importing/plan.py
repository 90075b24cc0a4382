"""Lays parsed notes beside the rows of their source and says what an import would change. Writes nothing."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from questions import identity
from questions.markdown.reading.notes import ParsedNotes, ParsedQuestion, ParsedTopic, Problem
from questions.markdown.reading.titles import normalise
from questions.models import Note, Question, Source, Topic, TopicNote

CHANGES = ("added", "changed", "moved", "renamed", "restored", "same", "conflicts")
LONGEST = 500  # characters of a key or file name that the database keeps


@dataclass
class Planned:
    """A parsed topic or question, the note it is recognised as, and what that means for it."""

    parsed: ParsedTopic | ParsedQuestion
    note: TopicNote | Note | None
    owner: Topic | Question | None  # what the note is about; None if it is yet to be made
    key: str
    change: str

    @property
    def id(self):
        return self.owner.pk if self.owner else None


@dataclass
class Plan:
    source: Source  # unsaved if the import would make it
    notes: ParsedNotes
    made_at: datetime
    topics: list[Planned] = field(default_factory=list)
    questions: list[Planned] = field(default_factory=list)
    retired: list[Note] = field(default_factory=list)
    retired_topics: list[TopicNote] = field(default_factory=list)
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


def make_plan(source, notes):
    """The Plan of importing `notes` (ParsedNotes) into `source`, saved or not."""
    plan = Plan(source, notes, timezone.now())
    _keep_to_mode(source, notes)
    _plan_questions(plan)
    _plan_topics(plan)
    _propose_renames(plan)
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
    _drop_repeated_keys(parsed, plan)
    rows = _rows(Note, plan.source, "answer", "answer_html", about="question")
    _fingerprint_edited(rows)
    new = [identity.Known(p.key, identity.place(p.file, p.trail), normalise(p.title), p.digest) for p in parsed]
    old = [
        identity.Known(
            row.key_in_source or row.question.key,
            identity.place(row.file, row.trail),
            normalise(row.imported_title),
            row.answer_digest,
            row.retired_at is None,
        )
        for row in rows
    ]
    matches = identity.recognise(new, old)
    strangers = [p for i, p in enumerate(parsed) if i not in matches]
    shared = _owners_by_key(Question, strangers, plan)
    keys = _new_keys(Question, plan.source, [p for p in strangers if p.key not in shared])
    for i, question in enumerate(parsed):
        row = rows[matches[i]] if i in matches else None
        owner = row.question if row else shared.get(question.key)
        key = owner.key if owner else keys[id(question)]
        change = _change(question, row, new[i], old[matches[i]] if row else None)
        plan.questions.append(Planned(question, row, owner, key, change))
    kept = set(matches.values())
    plan.retired = [row for j, row in enumerate(rows) if j not in kept and row.retired_at is None]


def _plan_topics(plan):
    parsed = plan.notes.topics
    _drop_repeated_keys(parsed, plan)
    rows = _rows(TopicNote, plan.source, about="topic")
    new = [identity.Known(p.key, identity.place(p.file, p.trail[:-1]), normalise(p.title)) for p in parsed]
    old = [
        identity.Known(
            row.key_in_source or row.topic.key,
            identity.place(row.file, row.trail[:-1]),
            normalise(row.imported_title),
            is_live=row.retired_at is None,
        )
        for row in rows
    ]
    matches = identity.recognise(new, old)
    _follow_the_questions(plan, matches, rows)
    strangers = [p for i, p in enumerate(parsed) if i not in matches]
    shared = _owners_by_key(Topic, strangers, plan)
    keys = _new_keys(Topic, plan.source, [p for p in strangers if p.key not in shared])
    for i, topic in enumerate(parsed):
        row = rows[matches[i]] if i in matches else None
        owner = row.topic if row else shared.get(topic.key)
        key = owner.key if owner else keys[id(topic)]
        plan.topics.append(Planned(topic, row, owner, key, "same" if row else "added"))
    kept = set(matches.values())
    plan.retired_topics = [row for j, row in enumerate(rows) if j not in kept and row.retired_at is None]


def _rows(model, source, *deferred, about):
    if not source.pk:
        return []
    return list(model.objects.filter(source=source).defer(*deferred).select_related(about).order_by("position", "pk"))


def _fingerprint_edited(rows):
    """Notes edited here get the fingerprint of what they say now: the source may have taken the edit over."""
    for row in rows:
        row.fingerprint_here = ""
    edited = {row.pk: row for row in rows if row.edited_at}
    for note in _in_parts(Note.objects.only("title", "answer"), "pk", edited):
        edited[note.pk].fingerprint_here = identity.fingerprint(note.title, note.answer)


def _drop_repeated_keys(parsed, plan):
    seen = {}
    for one in parsed:
        if len(one.key) > 200:
            plan.problems.append(
                Problem("error", one.file, one.line, "The key is longer than 200 characters: it is left out.")
            )
            one.key = ""
        if one.key in seen:
            first = seen[one.key]
            message = f"The key {one.key!r} stands already in {first.file}, line {first.line}: it is left out here."
            plan.problems.append(Problem("error", one.file, one.line, message))
            one.key = ""
        elif one.key:
            seen[one.key] = one


def _owners_by_key(model, strangers, plan):
    """Topics or Questions of other sources with the same explicit key, in another language: the same thing translated.

    The same key in the same language is another source's own choice of words; it is left apart, and said.
    """
    wanted = {one.key: one for one in strangers if one.key}
    owners = {}
    for owner in _in_parts(model.objects.prefetch_related("notes"), "key", wanted):
        if all(note.language != plan.source.language or note.retired_at for note in owner.notes.all()):
            owners[owner.key] = owner
        else:
            one = wanted[owner.key]
            message = f"The key {one.key!r} belongs to another source in this language: this one gets a key of its own."
            plan.problems.append(Problem("warning", one.file, one.line, message))
    return owners


def _in_parts(queryset, name, values, size=500):
    values = list(values)
    for start in range(0, len(values), size):
        yield from queryset.filter(**{f"{name}__in": values[start : start + size]})


def _new_keys(model, source, strangers):
    """A key for each topic or question that is new, by its identity: the explicit one, or one made of its place.

    It is made, not drawn by lot, so that a dry run can tell it. Where it is taken, the next free number is added.
    """
    wanted = {id(one): one.key or _key_of_place(source, one) for one in strangers}
    turns, twins = {}, Counter()
    for one in strangers:
        twins[wanted[id(one)]] += 1
        turns[id(one)] = twins[wanted[id(one)]]
    keys, waiting = {}, list(strangers)
    while waiting:
        tries = {id(one): _numbered(wanted[id(one)], turns[id(one)]) for one in waiting}
        taken = {owner.key for owner in _in_parts(model.objects.only("key"), "key", tries.values())}
        taken.update(keys.values())
        for one in waiting:
            if tries[id(one)] in taken:
                turns[id(one)] += twins[wanted[id(one)]]
            else:
                keys[id(one)] = tries[id(one)]
                taken.add(tries[id(one)])
        waiting = [one for one in waiting if id(one) not in keys]
    return keys


def _numbered(key, turn):
    return key if turn == 1 else f"{key[:190]}-{turn}"


def _key_of_place(source, one):
    place = "\x00".join([one.file, *map(normalise, one.trail), normalise(one.title)])
    return f"{source.slug}-{identity.fingerprint(place, '')[:12]}"


def _change(question, row, new, old):
    if row is None:
        return "added"
    if row.retired_at:
        return "restored"
    if row.edited_at and question.fingerprint not in (row.fingerprint, row.fingerprint_here):
        return "conflict"
    if new.title != old.title:
        return "renamed"
    if new.place[1:] != old.place[1:] or (new.place != old.place and not question.key):
        return "moved"  # a key says where a question belongs; without one, the file does too
    return "same" if question.fingerprint in (row.fingerprint, row.fingerprint_here) else "changed"


def _follow_the_questions(plan, matches, rows):
    """A topic under a new title is the old one if most of the questions on it came from there, and it is free."""
    votes = defaultdict(Counter)
    for planned in plan.questions:
        if planned.note and planned.parsed.topic not in matches:
            votes[planned.parsed.topic][planned.note.topic_id] += 1
    taken = set(matches.values())
    free = {row.topic_id: j for j, row in enumerate(rows) if j not in taken}
    sizes = Counter(planned.parsed.topic for planned in plan.questions)
    for i in sorted(votes):
        topic_id, count = votes[i].most_common(1)[0]
        if topic_id in free and count * 2 > sizes[i]:
            matches[i] = free.pop(topic_id)


def _propose_renames(plan):
    added = [(i, planned.parsed.title) for i, planned in enumerate(plan.questions) if planned.change == "added"]
    gone = [(j, row.imported_title) for j, row in enumerate(plan.retired)]
    for i, j, score in identity.propose(added, gone):
        plan.candidates.append({"old": plan.retired[j].question.key, "new": plan.questions[i].key, "score": score})
