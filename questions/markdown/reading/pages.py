"""A note file taken apart: its front matter, its blocks without the furniture, and their titles."""

import re
from dataclasses import dataclass, field, replace
from functools import cached_property

import yaml

from questions.markdown.reading.answers import is_labelled_answer, is_show_label
from questions.markdown.reading.blocks import read_blocks
from questions.markdown.reading.furniture import heads_contents, only_wraps, without_furniture
from questions.markdown.reading.languages import one_half
from questions.markdown.reading.titles import drop_bare_numbers, read_title, strip_numbering

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.{0,20000}?)\n---[ \t]*(?:\n|\Z)", re.S)
INDEX_NAMES = re.compile(r"(?:^|/)(?:readme|index|_?summary|_sidebar|home|toc)(?:[-_.][\w-]+)?\.(?:md|markdown)$", re.I)

_KEYED = re.compile(r"^#{1,6}[ \t].*(?<!\\)\{#[^{}\s]+[^{}\n]*\}[ \t]*$", re.M)


@dataclass(slots=True)
class _Body:
    """What takes a hundred times the memory of the text it was read from."""

    lines: list[str]
    headings: list
    blocks: list = field(default_factory=list)
    contents: set = field(default_factory=set)
    kinds: dict = field(default_factory=dict)


class Page:
    """One file. Lines are counted from 0 behind the front matter, which takes `offset` lines.

    Its lines and blocks may be put to rest; whoever asks for them then has the file read again, by `fetch()`.
    """

    def __init__(self, name, fetch, language=None):
        self.name, self.fetch, self.language = name, fetch, language
        self.leads_to_note = lambda title: False  # whether a title links to another note, however it spells it
        self.recurring = frozenset()  # headings that stand in many files, such as "Solution"
        self.heading_titles = ()  # until it is known which of them recur
        self.entries = []
        self.used = False
        self.called = ""  # its title, once somebody asked
        self.left_out = []  # titles of headings below which it says the same in another language
        self.matter, self.offset, self.is_broken = {}, 0, False
        self._body = None
        self._read()
        self.length = len(self._body.lines)

    def rest(self):
        """Forgets what can be read again; a title that its neighbours have settled is then judged on its own."""
        self._body = None

    def _awake(self):
        if self._body is None:
            self._read()
        return self._body

    def _read(self):
        text = self._text()
        blocks = read_blocks(text, folding=not _KEYED.search(text))
        body = self._body = _Body(text.split("\n"), [block for root in blocks for block in _headings(root)])
        if self.is_keyed:
            body.blocks = blocks
            return
        body.blocks, self.left_out = one_half(without_furniture(blocks, self), self.language)
        body.headings = [block for root in body.blocks for block in _headings(root)]

    def _text(self):
        """The text behind the front matter."""
        text = self.fetch().lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
        match = _FRONT_MATTER.match(text) if text.startswith("---") else None
        if match:
            self.matter = _front_matter(match.group(1))
            self.is_broken = not self.matter
        if not self.matter:
            return text
        self.offset = match.group(0).count("\n")
        return text[match.end() :]

    @property
    def beginning(self):
        return "\n".join(self._text().split("\n", 200)[:200])[:5000]

    @property
    def lines(self):
        return self._awake().lines

    @property
    def blocks(self):
        return self._awake().blocks

    @property
    def headings(self):
        return self._awake().headings

    @property
    def contents(self):
        """What the table of contents lists, in normal form."""
        return self._awake().contents

    def of(self, *kinds):
        """Every block of these kinds, in no order."""
        body = self._awake()
        if not body.kinds:
            for root in body.blocks:
                for block in root.walk():
                    body.kinds.setdefault(block.kind, []).append(block)
        return [block for kind in kinds for block in body.kinds.get(kind, ())]

    def all_entries(self):
        return [entry for root in self.entries for entry in root.walk()]

    @property
    def lists_more(self):
        """Whether what it says leads to other notes."""
        return any(entry.title.links_note for entry in self.all_entries())

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

    @cached_property
    def is_keyed(self):
        """Whether it is canonical Markdown, whose headings carry `{#key}`."""
        return any("{#" in block.title for block in self.headings)

    def title(self, block):
        """The title of a block, judged on its own."""
        if block.named is None:
            block.named = read_title(block.title)
        return block.named

    def titles(self, blocks):
        """The titles of neighbours, whose numbering is judged together."""
        titles = [self.title(block) for block in blocks]
        texts = [title.text for title in titles]
        counted = drop_bare_numbers(texts, alone=self.counts_alone)
        for i, (block, text) in enumerate(zip(blocks, counted, strict=True)):
            if text != texts[i]:
                titles[i] = block.named = replace(titles[i], text=strip_numbering(text))
        return titles


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
    page.called = page.called or _page_title(page)
    return page.called


def _page_title(page):
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
