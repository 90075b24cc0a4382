"""From the files of a source to its topics and questions, in reading order."""

import gc
import re
from collections import Counter, defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field

from questions.markdown.reading.forms import read_entries
from questions.markdown.reading.indexes import leading_index, leads_on
from questions.markdown.reading.languages import only_one_language
from questions.markdown.reading.links import Links
from questions.markdown.reading.outline import Outline
from questions.markdown.reading.pages import Page, page_title
from questions.texts import Kept, Texts

_NOT_NOTES = re.compile(
    r"(?:^|/)(?i:contribut\w*|code[-_]of[-_]conduct|licen[cs]es?|changelog|pull_request_template|issue_template|_navbar|_coverpage|_404)"
    r"(?:[-_.][^/]*)?\.(?i:md|markdown)$"
    r"|(?:^|/)(?:SECURITY|AUTHORS|CREDITS|MAINTAINERS|GOVERNANCE|SUPPORT|AGENTS|CLAUDE)\.(?i:md|markdown)$"
    r"|^(?:security|authors|credits|maintainers)\.md$"
    r"|(?:^|/)(?:\.[^/]+|node_modules)/"
)

AWAKE = 100_000  # lines of pages that are not put to rest while others are read


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


@dataclass(slots=True)
class ParsedQuestion:
    title: str
    trail: tuple  # titles of the topics from the root down
    file: str
    line: int  # of the title, from 1
    key: str = ""
    parent: int | None = None  # index of the question that this one follows up
    topic: int = 0  # index of its topic
    difficulty: int | None = None
    end_line: int = 0  # the last line that belongs to it
    answer_lines: tuple | None = None  # first and last line of its answer; None where there is none
    digest: str = ""  # what tells its answer from others, and
    fingerprint: str = ""  # whether its words changed: both by questions.identity
    follows: str = ""  # key of the question it follows up, where it does not stand below that one
    kept_answer: str | Kept = ""
    kept_text: str | Kept = ""

    @property
    def answer(self):
        return str(self.kept_answer)

    @answer.setter
    def answer(self, words):
        self.kept_answer = words

    @property
    def text(self):
        """Markdown that stands between title and answer and belongs to the question: the code it asks about."""
        return str(self.kept_text)

    @text.setter
    def text(self, words):
        self.kept_text = words


@dataclass
class ParsedNotes:
    manifest: dict = field(default_factory=dict)
    topics: list[ParsedTopic] = field(default_factory=list)
    questions: list[ParsedQuestion] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    shelves: dict = field(default_factory=dict, repr=False)  # (parent index, key or normalised title) → topic index


def read_notes(files, language=None):
    """Reads `files` (relative path → text) into ParsedNotes. A README, or the only file, may be an index of others.

    Of notes that are there in several languages only one is read: `language` (zh-hans, en, …) if it is among them.
    """
    with _collector_at_rest():
        return _read(files, language)


def _read(files, language):
    notes, texts = ParsedNotes(), Texts()
    pages = _pages(files, language, notes.problems)
    links = Links(pages)
    recurring = _recurring(pages)
    index = leading_index(pages, links)
    for page in pages.values():
        page.recurring = recurring[page.folder] | recurring[None]
        page.leads_to_note = lambda title, page=page: leads_on(title, page, links)
        page.entries = read_entries(page)
        for entry in page.all_entries():
            entry.answer, entry.before = texts.keep(entry.answer), texts.keep(entry.before)
        page_title(page)
        if page is not index and not page.is_index_name and not page.lists_more:
            page.rest()
    Outline(notes, pages, links, Problem, ParsedTopic, ParsedQuestion).read(index)
    by_key = {question.key: i for i, question in enumerate(notes.questions) if question.key}
    for question in notes.questions:
        if question.follows:
            question.parent = by_key.get(question.follows, question.parent)
    for page in pages.values():
        page.leads_to_note = None  # it holds the page, which would wait for the collector otherwise
    return notes


@contextmanager
def _collector_at_rest():
    """Python's garbage collector would walk a million blocks again and again, to find nothing: no cycles are made."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _pages(files, language, problems):
    pages, awake = {}, 0
    for name in files:
        if not _NOT_NOTES.search(name):
            page = pages[name] = Page(name, lambda name=name: files[name], language)
            if page.is_broken:
                message = "The front matter is not readable YAML; it is taken as text."
                problems.append(Problem("warning", name, 1, message))
            awake += page.length
            if len(files) > 1:
                page.heading_titles = {page.title(block).text.casefold() for block in page.headings}
                if awake > AWAKE:
                    page.rest()
    pages, left = only_one_language(pages, language)
    for code, names in sorted(left.items()):
        many = f"{len(names)} files are" if len(names) > 1 else "This file is"
        message = f"{many} in another language ({code}) and left out; import them as a source of their own."
        problems.append(Problem("warning", sorted(names)[0], 1, message))
    for page in pages.values():
        problems += [
            Problem("warning", page.name, 1, f"“{title}” says the same in another language and is left out.")
            for title in page.left_out
        ]
    return pages


def _recurring(pages):
    """Titles of headings that stand in many files of a folder, or of the source: parts of answers, not questions."""
    counts, sizes = defaultdict(Counter), Counter()
    for page in pages.values():
        titles, page.heading_titles = page.heading_titles, ()
        for place in (page.folder, None):
            counts[place].update(titles)
            sizes[place] += 1
    return defaultdict(
        frozenset,
        {
            place: frozenset(title for title, count in titles.items() if count >= 3 and count * 4 >= sizes[place])
            for place, titles in counts.items()
        },
    )
