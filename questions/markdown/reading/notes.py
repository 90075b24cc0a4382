"""From the files of a source to its topics and questions, in reading order."""

import posixpath
import re
from dataclasses import dataclass, field

import yaml

from questions.markdown.reading.blocks import read_blocks
from questions.markdown.reading.entries import TOPIC, Entry
from questions.markdown.reading.forms import read_entries
from questions.markdown.reading.titles import Title, normalise, read_title

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.{0,10000}?)\n---[ \t]*(?:\n|\Z)", re.S)
_NOT_NOTES = re.compile(
    r"(?:^|/)(?:contribut\w*|code_of_conduct|licen[cs]e|changelog|security|pull_request_template|issue_template)(?:[-_.][^/]*)?\.md$"
    r"|(?:^|/)\.github/",
    re.I,
)


@dataclass
class Problem:
    level: str  # error or warning
    file: str
    line: int
    message: str


@dataclass
class ParsedTopic:
    title: str
    trail: tuple  # titles from the root down, its own last
    file: str
    line: int
    key: str = ""
    text: str = ""
    parent: int | None = None  # index of the topic above


@dataclass
class ParsedQuestion:
    title: str
    trail: tuple  # titles of the topics from the root down
    file: str
    line: int
    key: str = ""
    answer: str = ""
    parent: int | None = None  # index of the question that this one follows up
    topic: int = 0  # index of its topic
    difficulty: int | None = None


@dataclass
class ParsedNotes:
    manifest: dict = field(default_factory=dict)
    topics: list[ParsedTopic] = field(default_factory=list)
    questions: list[ParsedQuestion] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    shelves: dict = field(default_factory=dict, repr=False)  # (parent index, key or normalised title) → topic index


@dataclass
class _File:
    name: str
    matter: dict
    entries: list[Entry]
    offset: int  # lines of front matter
    used: bool = False


def read_notes(files):
    """Reads `files` (relative path → text) into ParsedNotes. A README, or the only file, may be an index of others."""
    notes = ParsedNotes()
    read = {name: _read_file(name, text, notes.problems) for name, text in files.items() if not _NOT_NOTES.search(name)}
    index = _index_of(read)
    if index:
        index.used = True
        notes.manifest = index.matter
        for entry in _without_wrapper(index.entries, read):
            _follow(entry, index, read, notes, place=_Place(index))
    for name in sorted(read, key=_reading_order):
        if not read[name].used:
            read[name].used = True
            _add_file(read[name], notes)
    return notes


def _read_file(name, text, problems):
    matter, offset = {}, 0
    match = _FRONT_MATTER.match(text)
    if match:
        matter = _front_matter(match.group(1))
        if matter:
            text, offset = text[match.end() :], match.group(0).count("\n")
        else:
            problems.append(Problem("warning", name, 1, "The front matter is not readable YAML; it is taken as text."))
    return _File(name, matter, read_entries(read_blocks(text), text.split("\n")), offset)


def _front_matter(text):
    """A flat mapping, or {}. Aliases are refused before YAML can multiply them."""
    if re.search(r"(?:^|[\s\[{,:-])[&*][\w-]", text):
        return {}
    try:
        matter = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    return matter if isinstance(matter, dict) else {}


def _index_of(read):
    if len(read) == 1:
        return next(iter(read.values()))
    readmes = [file for name, file in read.items() if re.fullmatch(r"(?:readme|index)\.(?:md|markdown)", name, re.I)]
    return readmes[0] if readmes else None


def _reading_order(name):
    """Folders and files as people count: 2 before 10, the folder's own README first."""
    parts = [
        [(not part.isdigit(), int(part) if part.isdigit() else 0, part) for part in re.split(r"(\d+)", step)]
        for step in name.split("/")
    ]
    return parts[:-1], not re.match(r"readme\b", name.rpartition("/")[2], re.I), parts[-1]


def _without_wrapper(entries, read):
    """An index's lone H1 is the title of the whole, not a topic; neither is a heading with nothing below it."""
    kept = []
    for entry in entries:
        if entry.role == TOPIC and not entry.title.key and entry.title.href is None:
            if not entry.children:
                continue
            if all(child.role == TOPIC for child in entry.children):
                kept += entry.children
                continue
        kept.append(entry)
    return kept


@dataclass
class _Place:
    """Where the reading is: file, trail and indexes of the topic and the question above."""

    file: _File
    trail: tuple = ()
    topic: int = -1
    parent: int | None = None


def _follow(entry, index, read, notes, place):
    """Adds an index entry with what its linked file says of it."""
    linked = _linked(entry, index, read)
    if linked is not None and not linked.used:
        linked.used = True
        entry = _join(entry, linked, notes)
        place = _Place(index, place.trail, place.topic, place.parent)
    _add(entry, place, notes, follow=lambda child, where: _follow(child, index, read, notes, where))


def _linked(entry, index, read):
    if not entry.title.href or entry.role != TOPIC:
        return None
    path = entry.title.href.partition("#")[0]
    if "://" in path:
        return None
    folder = posixpath.dirname(index.name)
    return read.get(posixpath.normpath(posixpath.join(folder, path.lstrip("/") if path.startswith("/") else path)))


def _join(entry, linked, notes):
    """One entry out of what the index and the file say: the index's order, the file's answers and what only it has."""
    roots = linked.entries
    title = entry.title
    below = roots
    if len(roots) == 1 and roots[0].role == TOPIC:
        below = roots[0].children
        if roots[0].title.key:
            title = roots[0].title
    for found in (e for root in roots for e in root.walk()):
        found.file = linked
    entry.title = Title(**{**title.__dict__, "href": None})
    if not entry.children:
        joined = Entry(TOPIC, entry.title, entry.start, entry.end, "", below)
        joined.file = None
        if title is not entry.title and roots and roots[0].title.key:
            joined.start, joined.file = roots[0].start, linked
            joined.answer = roots[0].answer
        return joined
    told = [e for root in below for e in root.walk() if e.is_question]
    asked = [e for e in entry.walk() if e.is_question]
    taken = set()
    for question in asked:
        _take_answer(question, told, taken)
    entry.children += [e for e in told if id(e) not in taken]
    return entry


def _take_answer(question, told, taken):
    wanted = normalise(question.title.text)
    for found in told:
        if id(found) not in taken and normalise(found.title.text) == wanted:
            taken.add(id(found))
            question.answer, question.start, question.file = found.answer, found.start, found.file
            return


def _add_file(file, notes):
    """A file that no index lists: its folders are topics, and so is the file unless it is one already."""
    trail = [read_title(part).text or part for part in file.name.split("/")[:-1]]
    place = _Place(file)
    if any(e.is_question for root in file.entries for e in root.walk()):
        for title in trail:
            place = _topic_at(place, title, notes)
        roots = file.entries
        if not all(root.role == TOPIC for root in roots):
            stem = read_title(str(file.matter.get("title") or posixpath.splitext(posixpath.basename(file.name))[0]))
            place = _topic_at(place, stem.text, notes)
        for root in roots:
            _add(root, place, notes)


def _topic_at(place, title, notes):
    """The place inside the topic of this title, which is made if it is not there."""
    return _open_topic(ParsedTopic(title, (*place.trail, title), place.file.name, 1), place, notes)


def _open_topic(topic, place, notes):
    """The place inside `topic`; a title that stands twice below one parent is one topic."""
    topic.parent = place.topic if place.topic >= 0 else None
    shelf = (topic.parent, topic.key or normalise(topic.title))
    if shelf not in notes.shelves:
        notes.shelves[shelf] = len(notes.topics)
        notes.topics.append(topic)
    i = notes.shelves[shelf]
    return _Place(place.file, notes.topics[i].trail, i, place.parent)


def _add(entry, place, notes, follow=None):
    """Adds an entry and what is below it; `follow` looks each child up in the index's files first."""
    file = getattr(entry, "file", None) or place.file
    line = entry.start + file.offset + 1
    follow = follow or (lambda child, where: _add(child, where, notes))
    if entry.role == TOPIC:
        trail = (*place.trail, entry.title.text)
        topic = ParsedTopic(entry.title.text, trail, file.name, line, entry.title.key, entry.answer)
        below = _open_topic(topic, place, notes)
    else:
        if place.topic < 0:
            place = _topic_at(place, _file_title(place.file), notes)
        difficulty = entry.title.attributes.get("difficulty")
        notes.questions.append(
            ParsedQuestion(
                title=entry.title.text,
                trail=place.trail,
                file=file.name,
                line=line,
                key=entry.title.key,
                answer=entry.answer,
                parent=place.parent,
                topic=place.topic,
                difficulty=int(difficulty) if difficulty in ("1", "2", "3") else None,
            )
        )
        below = _Place(place.file, place.trail, place.topic, len(notes.questions) - 1)
    for child in entry.children:
        follow(child, below)


def _file_title(file):
    return str(file.matter.get("title") or posixpath.splitext(posixpath.basename(file.name))[0])
