"""A note file taken apart: its front matter, its blocks without the furniture, and their titles."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property

import yaml

from questions.markdown.reading.answers import is_labelled_answer, is_show_label
from questions.markdown.reading.blocks import read_blocks
from questions.markdown.reading.entries import Entry
from questions.markdown.reading.furniture import heads_contents, only_wraps, without_furniture
from questions.markdown.reading.titles import drop_bare_numbers, read_title, strip_numbering

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.{0,20000}?)\n---[ \t]*(?:\n|\Z)", re.S)
INDEX_NAMES = re.compile(r"(?:^|/)(?:readme|index|_?summary|_sidebar|home|toc)(?:[-_.][\w-]+)?\.(?:md|markdown)$", re.I)

_KEYED = re.compile(r"^#{1,6}[ \t].*(?<!\\)\{#[^{}\s]+[^{}\n]*\}[ \t]*$", re.M)


@dataclass
class Page:
    """One file. Lines are counted from 0 behind the front matter, which takes `offset` lines."""

    name: str
    lines: list[str]
    blocks: list
    matter: dict = field(default_factory=dict)
    offset: int = 0
    headings: list = field(default_factory=list)
    contents: set = field(default_factory=set)  # what the table of contents lists, in normal form
    leads_to_note: Callable = lambda title: False  # whether a title links to another note, however it spells it
    recurring: frozenset = frozenset()  # headings that stand in many files, such as "Solution"
    entries: list[Entry] = field(default_factory=list)
    used: bool = False
    called: str = ""  # its title, once somebody asked
    _titles: dict = field(default_factory=dict, repr=False)

    def of(self, *kinds):
        """Every block of these kinds, in no order."""
        return [block for kind in kinds for block in self._kinds.get(kind, ())]

    @cached_property
    def _kinds(self):
        kinds = {}
        for root in self.blocks:
            for block in root.walk():
                kinds.setdefault(block.kind, []).append(block)
        return kinds

    @property
    def folder(self):
        return self.name.rpartition("/")[0]

    @property
    def stem(self):
        return self.name.rpartition("/")[2].rpartition(".")[0]

    @property
    def is_index_name(self):
        return bool(INDEX_NAMES.search(self.name))

    @cached_property
    def hides_answers(self):
        """Whether most questions unfold their answer: below most headings is a `<details>` that only says "Show"."""
        shown = marked = 0
        for root in self.blocks:
            for block in root.walk():
                shown += block.kind == "details" and is_show_label(block.title)
                marked += block.kind == "heading" or (block.level > 0 and block.kind == "item")
        return shown * 2 >= marked > 0

    @cached_property
    def labels_answers(self):
        """Whether its answers are labelled as a rule, not once by the way."""
        return (
            sum(
                block.kind == "text" and is_labelled_answer(block.title)
                for root in self.blocks
                for block in root.walk()
            )
            > 2
        )

    @cached_property
    def counts_alone(self):
        """Whether a bare 1 before a title is a number even where no 2 follows: more than one title begins with it."""
        return sum(block.title.lstrip("*_ ").startswith("1 ") for root in self.blocks for block in root.walk()) > 1

    @property
    def is_keyed(self):
        """Whether it is canonical Markdown, whose headings carry `{#key}`."""
        return any("{#" in block.title for block in self.headings)

    def title(self, block):
        """The title of a block, judged on its own."""
        title = self._titles.get(id(block))
        if title is None:
            title = self._titles[id(block)] = read_title(block.title)
        return title

    def titles(self, blocks):
        """The titles of neighbours, whose numbering is judged together."""
        titles = [self.title(block) for block in blocks]
        texts = [title.text for title in titles]
        counted = drop_bare_numbers(texts, alone=self.counts_alone)
        for i, (block, text) in enumerate(zip(blocks, counted, strict=True)):
            if text != texts[i]:
                titles[i] = self._titles[id(block)] = replace(titles[i], text=strip_numbering(text))
        return titles


def read_page(name, text, problem):
    """Reads one file; `problem(line, message)` hears what is wrong with it."""
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    matter, offset = {}, 0
    match = _FRONT_MATTER.match(text) if text.startswith("---") else None
    if match:
        matter = _front_matter(match.group(1))
        if matter:
            text, offset = text[match.end() :], match.group(0).count("\n")
        else:
            problem(1, "The front matter is not readable YAML; it is taken as text.")
    blocks = read_blocks(text, folding=not _KEYED.search(text))
    headings = [block for root in blocks for block in _headings(root)]
    page = Page(name, text.split("\n"), [], matter, offset, headings)
    if page.is_keyed:
        page.blocks = blocks
    else:
        page.blocks = without_furniture(blocks, page)
        page.headings = [block for root in page.blocks for block in _headings(root)]
    return page


def _headings(block):
    if block.kind == "heading":
        yield block
        for child in block.children:
            yield from _headings(child)


def _front_matter(text):
    """A flat mapping, or {}. Aliases are refused before YAML can multiply them."""
    if re.search(r"(?:^|[\s\[{,:-])[&*][\w-]", text) or text.count("[") + text.count("{") > 500:
        return {}
    try:
        matter = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    return matter if isinstance(matter, dict) else {}


def page_title(page):
    """What a page is called: in its front matter, by its only top heading, or by its file."""
    named = page.matter.get("title")
    if isinstance(named, str) and named.strip():
        return read_title(named).text or named
    tops = [block for block in page.blocks if block.kind == "heading"]
    firsts = [block for block in page.headings if block.level == 1]
    lone = tops[0] if len(tops) == 1 else firsts[0] if len(firsts) == 1 else None
    if lone is not None:
        text = page.title(lone).text
        if text and not page.title(lone).asks and not only_wraps(text) and not heads_contents(text):
            return text
    stem = page.stem if not page.is_index_name else page.folder.rpartition("/")[2] or page.stem
    return read_title(stem).text or stem


def reading_order(name):
    """Folders and files as people count: 2 before 10, the folder's own README first."""
    parts = [
        [(not part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in re.split(r"(\d{1,15})", step)]
        for step in name.split("/")
    ]
    return parts[:-1], not re.match(r"readme\b", name.rpartition("/")[2], re.I), parts[-1]
