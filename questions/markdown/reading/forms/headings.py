"""Questions as headings, the commonest form."""

import re
from collections import Counter
from itertools import pairwise

from questions.markdown.reading.answers import Finder
from questions.markdown.reading.entries import question, topic
from questions.markdown.reading.forms.openers import by_openers
from questions.markdown.reading.titles import normalise

_NUMBER = re.compile(r"[\s*_]*(\d{1,4})(?!\d|\.\d)")


def headings(page):
    """Questions are the headings of one level; those above are topics, those below belong to answers."""
    if not page.headings:
        return []
    page.titles(page.headings)
    asking = Counter(block.level for block in page.headings if page.title(block).asks)
    leaves = Counter(block.level for block in page.headings if not _below(block))
    sure = sum(asking.values()) * 5 >= sum(leaves.values())
    listed = Counter(block.level for block in page.headings if normalise(page.title(block).text) in page.contents)
    if listed and max(listed.values()) * 2 >= max(6, len(page.contents)):
        votes = listed
    else:
        votes = asking if asking and sure else leaves
    level = max(votes, key=lambda level: (votes[level], -level))
    return _Headings(page, level, sure).read(page.blocks)


def listed_headings(page):
    """Questions are the headings that the table of contents lists, whatever other headings their answers have."""
    listed = [block for block in page.headings if normalise(page.title(block).text) in page.contents]
    html = sum(block.marker == "html" for block in listed) * 10 > len(listed) * 9
    if len(listed) < 3 or len(listed) * 5 < len(page.contents) * (2 if html else 4):
        return []
    level = Counter(block.level for block in listed).most_common(1)[0][0]
    page.titles(listed)
    shape = Counter(map(_shape, listed)).most_common(1)[0][0]
    if any(shape) or len(listed) * 5 >= len(page.contents) * 4:
        known = {id(block) for block in listed}
        listed = [block for block in page.headings if id(block) in known or _shape(block) == shape]
    through = _are_series(listed)
    chosen = {id(block) for block in listed if block.level == level or (through and _shape(block) == shape)}
    return by_openers(
        page, ("heading",), lambda block: (page.title(block), block.body) if id(block) in chosen else None
    )


def _shape(block):
    """How a heading is written: those of one shape are of one kind."""
    return block.marker, bool(_NUMBER.match(block.title))


def _are_series(blocks):
    """Whether headings of different levels are numbered through, 1 to 9, as if they had one."""
    numbers = [int(match.group(1)) for block in blocks if (match := _NUMBER.match(block.title))]
    return len(numbers) > 4 and sum(b - a == 1 for a, b in pairwise(numbers)) * 5 > len(numbers) * 4


def _below(block):
    return [child for child in block.children if child.kind == "heading"]


class _Headings:
    """Reads the headings of a page whose questions are at one level; `sure` if enough of them are phrased as such."""

    def __init__(self, page, level, sure):
        self.page, self.level, self.sure = page, level, sure

    def read(self, blocks):
        entries = []
        for block in blocks:
            if block.kind == "heading":
                entry = self._entry(block)
                if entry:
                    entries.append(entry)
        return self._into_sections(entries)

    def _entry(self, block):
        title = self.page.title(block)
        if not title.text:
            return None
        if block.level >= self.level:
            return self._question(block, title)
        below = self.read(block.children)
        if below:
            return topic(title, block, below)
        if not self.page.is_index_name and (title.asks or not self.sure):
            return self._question(block, title)
        return None

    def _question(self, block, title):
        return question(title, block.start, block.end, Finder(self.page, block.children, block.body, block.end))

    def _into_sections(self, entries):
        """Among questions a heading that asks nothing and answers nothing opens a section for those behind it."""
        if not self.sure or all(entry.children or entry.title.asks for entry in entries):
            return entries
        for entry in entries:
            if not entry.title.asks:
                entry.settle()
        sections = []
        for entry in entries:
            if entry.is_question and not (entry.answer or entry.title.asks or entry.before):
                entry.role, entry.children = "topic", [*entry.children]
                sections.append(entry)
            elif entry.is_question and sections and sections[-1].role == "topic":
                sections[-1].children.append(entry)
                sections[-1].end = entry.end
            else:
                sections.append(entry)
        for entry in sections:
            if entry.role == "topic" and not entry.children:
                entry.role = "question"
        return sections
