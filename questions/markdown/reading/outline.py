"""Lays the entries of all pages out as one tree of topics and questions, in the order that the index gives them."""

import posixpath
import re
from collections import Counter
from dataclasses import dataclass, replace

from questions.markdown.reading.entries import TOPIC
from questions.markdown.reading.forms.whole import is_whole
from questions.markdown.reading.furniture import heads_contents, only_wraps
from questions.markdown.reading.indexes import leads_on, linked_pages, listing
from questions.markdown.reading.joining import left_of, merged, pairs, questions, unwrap, worthy
from questions.markdown.reading.pages import page_title, reading_order
from questions.markdown.reading.titles import normalise, read_title

_DEEPEST_INDEX = 20  # indexes that list indexes


@dataclass
class _Place:
    """Where the reading is: page, trail and indexes of the topic and the question above."""

    page: object
    trail: tuple = ()
    topic: int = -1
    parent: int | None = None
    depth: int = 0  # of indexes


class Outline:
    def __init__(self, notes, pages, links, problem, topic, question):
        self.notes, self.pages, self.links = notes, pages, links
        self.problem, self.topic, self.question = problem, topic, question
        self.led = Counter()  # how many entries of indexes lead to a folder's own page without naming it
        self.folders = {}  # folder → place of the topic that it is
        self.wholes = {}
        for page in pages.values():
            if is_whole(page.entries, page):
                self.wholes.setdefault(normalise(page.entries[0].title.text), page)

    def read(self, index):
        if index:
            self.notes.manifest = index.matter
            self._index(index, _Place(index))
        common = _common_folder(
            [page.folder for page in self.pages.values() if page.entries and not page.is_index_name]
        )
        for name in sorted(self.pages, key=reading_order):
            page = self.pages[name]
            if not page.used:
                page.used = True
                self._unlisted(page, common, index)

    # what an index says

    def _index(self, page, place):
        page.used = True
        entries = unwrap(self._entries(page))
        self.led.update(self._own_page(each, page) for root in entries for each in root.walk())
        for entry in entries:
            self._follow(entry, place)

    def _own_page(self, entry, page):
        """The name of the page that a link to a folder stands for, "" for other links."""
        href = (entry.title.href or "").partition("#")[0]
        if entry.is_question or not href or href.lower().endswith((".md", ".markdown")):
            return ""
        return self.links.resolve(href, page.name) or ""

    def _entries(self, page):
        """The entries of a page that may be an index, its links among them."""
        entries = page.entries
        if not page.is_keyed and not any(
            entry.title.href is not None for root in entries for entry in root.walk() if entry.role == TOPIC
        ):
            entries = merged(listing(page, self.links), entries)
        return worthy(entries)

    def _follow(self, entry, place):
        """Adds an index entry with what its linked page says of it."""
        page = self._linked(entry, place.page)
        if page is None and entry.is_question:
            page = self._elsewhere(entry, place.page)
        if page is not None and not page.used and place.depth < _DEEPEST_INDEX:
            self._open(entry, page, place)
        else:
            self._add(entry, place, self._follow)

    def _open(self, entry, page, place):
        page.used = True
        place = replace(place, depth=place.depth + 1)
        if is_whole(page.entries, page) and not (entry.children and not entry.is_question):
            told = page.entries[0]
            told.file = page
            return self._add(told, place, self._follow)
        if is_whole(page.entries, page) and not page.entries[0].title.asks:
            page.entries = []  # an introduction to what the index lists below
        told = self._entries(page) if page.is_index_name or page.lists_more else worthy(page.entries)
        lone = told[0] if len(told) == 1 and told[0].role == TOPIC and told[0].title.href is None else None
        for each in (each for root in told for each in root.walk()):
            each.file = each.file or page
        text = self._words(entry, page, lone)
        if lone and lone.title.key:
            entry.title, entry.answer, entry.start, entry.file = lone.title, lone.answer, lone.start, page
        else:
            entry.title = replace(entry.title, text=text, href=None)
        self._join(entry, lone.children if lone else told)
        within = self._topic_place(entry, place)
        if page.is_index_name:
            self.folders.setdefault(page.folder, within)
        for child in entry.children:
            self._follow(child, replace(within, page=child.file or place.page))

    def _words(self, entry, page, lone):
        """An index's name for a page, unless that is only a file name."""
        words = entry.title.link or entry.title.text
        named = re.search(r"\.(?:md|markdown)$", words, re.I) or words.casefold() in (
            "link",
            "here",
            "readme",
            "more",
            "链接",
            "详情",
        )
        return page_title(page) if named or not words else read_title(words).text

    def _join(self, entry, told):
        """Gives the index's questions their answers, by title, then by place; what only the page has is appended."""
        asked = [each for child in entry.children for each in child.walk() if each.is_question]
        if not asked:
            entry.children = [*entry.children, *told] if entry.children else told
            return
        known = [each for root in told for each in root.walk() if each.is_question or each.title.href is None]
        matched = pairs(asked, known)
        for question, found in matched:
            question.answer, question.answer_lines, question.before = found.answer, found.answer_lines, found.before
            question.start, question.end, question.file = found.start, found.end, found.file
        taken = {id(found) for _, found in matched}
        left = [rest for root in told for rest in left_of(root, taken)]
        entry.children = [*entry.children] + [each for root in left for each in questions(root)]

    def _linked(self, entry, page):
        if entry.title.href is None or entry.role != TOPIC:
            return None
        if name := self.links.resolve(entry.title.href, page.name):
            target = self.pages[name]
            if target.is_index_name and entry.children:
                entry.folder = target.folder
            if self.led[name] > 1 and self._own_page(entry, page) == name:
                return None
            return target if target is not page and not (entry.children and target.is_index_name) else None
        folder = self.links.folder(entry.title.href, page.name)
        if folder:
            entry.folder = folder
        elif len(self.pages) > 1 and leads_on(entry.title, page, self.links):
            self.notes.problems.append(
                self.problem(
                    "warning", page.name, entry.start + page.offset + 1, f"“{entry.title.href}” is not among the files."
                )
            )
        return None

    def _elsewhere(self, entry, page):
        """The page that is one question and has the title of an index's question."""
        found = self.wholes.get(normalise(entry.title.text)) if self.wholes else None
        if found is None or found is page:
            return None
        mine, theirs = normalise(str(entry.answer)), normalise(str(found.entries[0].answer))
        return found if mine in theirs or theirs in mine else None

    # pages that no index lists

    def _unlisted(self, page, common, index):
        lists = page.is_index_name and any(not self.pages[name].used for name in linked_pages(page, self.links))
        entries = self._entries(page) if lists else worthy(page.entries)
        if not any(entry.is_question or entry.title.href is not None for root in entries for entry in root.walk()):
            return
        place = self._folder_place(page, common)
        lone = entries[0] if len(entries) == 1 and entries[0].role == TOPIC and not entries[0].title.key else None
        if is_whole(page.entries, page):
            if place.topic < 0:
                place = self._inside(
                    place, page_title(index) if index and index is not page else page.folder or "Questions"
                )
        elif page.is_index_name and page.folder in self.folders:
            entries = lone.children if lone else entries
        elif not all(entry.title.key for entry in entries if entry.role == TOPIC) or any(
            entry.is_question for entry in entries
        ):
            place = self._inside(place, page_title(page))
            entries = lone.children if lone else entries
            if page.is_index_name:
                self.folders.setdefault(page.folder, place)
        for entry in entries:
            self._follow(entry, place) if lists else self._add(entry, place)

    def _folder_place(self, page, common):
        """The place of a page's folder; a folder's README is the topic that the folder is."""
        parts = page.folder.split("/") if page.folder else []
        skipped = len(common.split("/")) if common and f"{page.folder}/".startswith(f"{common}/") else 0
        if page.is_index_name and len(parts) > skipped and page.folder not in self.folders:
            parts = parts[:-1]
        place = _Place(page)
        for i in range(len(parts)):
            folder = "/".join(parts[: i + 1])
            if folder in self.folders:
                place = replace(self.folders[folder], page=page, parent=None)
            elif i >= skipped:
                readme = next(
                    (self.pages[name] for name in (f"{folder}/README.md", f"{folder}/readme.md") if name in self.pages),
                    None,
                )
                place = self._inside(place, page_title(readme) if readme else read_title(parts[i]).text or parts[i])
        return place

    # topics and questions

    def _inside(self, place, title):
        """The place inside the topic of this title, which is made if it is not there."""
        if place.trail and normalise(place.trail[-1]) == normalise(title):
            return place
        return self._open_topic(self.topic(title, (*place.trail, title), place.page.name, 1), place)

    def _open_topic(self, topic, place):
        """The place inside `topic`; a title that stands twice below one parent is one topic."""
        topic.parent = place.topic if place.topic >= 0 else None
        shelf = (topic.parent, topic.key or normalise(topic.title))
        notes = self.notes
        if shelf not in notes.shelves:
            notes.shelves[shelf] = len(notes.topics)
            notes.topics.append(topic)
        i = notes.shelves[shelf]
        return replace(place, trail=notes.topics[i].trail, topic=i)

    def _topic_place(self, entry, place):
        page = entry.file or place.page
        trail = (*place.trail, entry.title.text)
        topic = self.topic(
            entry.title.text, trail, page.name, entry.start + page.offset + 1, entry.title.key, str(entry.answer)
        )
        return self._open_topic(topic, place)

    def _add(self, entry, place, follow=None):
        """Adds an entry and what is below it; `follow` looks each child up in the index's pages first."""
        follow = follow or self._add
        page = entry.file or place.page
        if entry.role == TOPIC:
            if _wraps(entry) and (place.topic >= 0 or all(child.role == TOPIC for child in entry.children)):
                below = place
            else:
                below = self._topic_place(entry, place)
                if entry.folder:
                    self.folders.setdefault(entry.folder, below)
        else:
            if place.topic < 0:
                place = self._inside(place, page_title(page))
            below = replace(place, parent=self._add_question(entry, page, place))
        for child in entry.children:
            follow(child, below)

    def _add_question(self, entry, page, place):
        difficulty = entry.title.attributes.get("difficulty")
        lines = entry.answer_lines
        self.notes.questions.append(
            self.question(
                title=entry.title.text,
                trail=place.trail,
                file=page.name,
                line=1 if entry.start == 0 and is_whole([entry], page) else entry.start + page.offset + 1,
                key=entry.title.key,
                kept_answer=entry.answer,
                parent=place.parent,
                topic=place.topic,
                difficulty=int(difficulty) if difficulty in ("1", "2", "3") else None,
                end_line=entry.end + page.offset,
                answer_lines=(lines[0] + page.offset, lines[1] + page.offset) if lines and page.offset else lines,
                kept_text=entry.before,
                follows=entry.title.attributes.get("follows", ""),
            )
        )
        return len(self.notes.questions) - 1


def _wraps(entry):
    """Whether a topic's title says no more than that questions follow."""
    return (
        not entry.title.key
        and entry.title.href is None
        and (only_wraps(entry.title.text) or heads_contents(entry.title.text))
    )


def _common_folder(folders):
    """The folder that all of `folders` are in, "" if there is none."""
    return posixpath.commonpath(folders) if len(folders) > 1 and all(folders) else ""
