"""What stands in a Markdown file, as a tree of blocks with their lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt

from questions.markdown.reading.folds import find_folds, fold_details
from questions.markdown.reading.html import html_headings
from questions.markdown.reading.titles import Title

# Only the block structure: titles are cleaned by us, and leaving the inline pass out halves the time.
_parser = MarkdownIt("commonmark").enable("table")
_parser.core.ruler.enableOnly(["normalize", "block"])
_parser.options["maxNesting"] = 60

_LEAVES = {
    "paragraph_open": "text",
    "html_block": "html",
    "fence": "code",
    "code_block": "code",
    "table_open": "table",
    "blockquote_open": "quote",
    "hr": "rule",
}

LARGE = 500_000  # characters that are parsed at once
_HEADING = re.compile(r"#{1,6}[ \t]")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})(.*)")
_OPENS = re.compile(r"<(?:details|pre|script|style|textarea)\b|<!--|<\?|<!\[CDATA\[", re.I)
_CLOSES = re.compile(r"</(?:details|pre|script|style|textarea)\b|-->|\?>|\]\]>", re.I)
_LISTED = re.compile(r"\s*([-*+]|\d{1,9}[.)])\s+(\S.*)")


@dataclass(slots=True)
class Block:
    """Lines [start, end) of a file, counted from 0; `body` is where its text begins, below the title.

    A heading's children are what follows it up to the next heading of its level or above; an item's and a details'
    are what is inside.
    """

    kind: str  # heading, item, details, apart (a heading that belongs to no question), or one of _LEAVES
    start: int
    end: int
    title: str = ""  # the words of a heading, an item or a summary with their markup; the words of a text
    level: int = 0  # of a heading, also of one inside an item
    body: int = 0
    marker: str = ""  # of an item: - or 1; of a heading: html if it is written in HTML
    children: Sequence["Block"] = ()  # a list where there may be some
    named: Title | None = None  # the title taken apart, once somebody asked

    def walk(self):
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def items(self):
        return [child for child in self.children if child.kind == "item"]

    @property
    def has_text(self):
        """Whether more stands below the title than items and rules."""
        return any(child.kind not in ("item", "rule") for child in self.children)


def read_blocks(text, folding=True):
    """The blocks of `text`: headings own what follows them up to the next of their level or above.

    With `folding`, what stands between <details> and </details> is one block.
    """
    lines, flat = text.split("\n"), []
    for start, end in _pieces(lines):
        tokens = _parser.parse("\n".join(lines[start:end]))
        if start:
            for token in tokens:
                token.map = [token.map[0] + start, token.map[1] + start] if token.map else None
        folds = find_folds(tokens) if folding and "<details" in text.lower() else {}
        flat += _container(tokens, 0, None, lines, folds)[0]
    _drop_accidental_headings(flat)
    return _nest(flat, len(lines))


def _pieces(lines):
    """Where to cut a large file, as (first line, line behind the last): at headings that nothing around can hold.

    Tokens take a hundred times the memory of their text; so they are never there for all of it at once.
    """
    start, size, fence, depth = 0, 0, "", 0
    for i, line in enumerate(lines):
        if size > LARGE and not fence and depth <= 0 and _HEADING.match(line):
            yield start, i
            start, size = i, 0
        size += len(line) + 1
        found = _FENCE.match(line)
        if found and not fence:
            fence = found.group(1)
        elif found and found.group(1).startswith(fence) and not found.group(2).strip():
            fence = ""
        if not fence and "<" in line:
            depth += len(_OPENS.findall(line)) - len(_CLOSES.findall(line))
    yield start, len(lines)


def _container(tokens, i, closing, lines, folds):
    """Blocks of the tokens from `i` on, up to the token type `closing`; with the index of that token."""
    found, count = [], len(tokens)
    while i < count:
        token = tokens[i]
        kind = token.type
        if kind == closing:
            break
        if kind == "paragraph_open":
            found.append(Block("text", token.map[0], token.map[1], tokens[i + 1].content))
            i += 3
        elif kind == "heading_open":
            start, end = token.map
            level = int(token.tag[1])
            accident = token.markup[0] == "-" or "\n" in tokens[i + 1].content
            found.append(Block("heading", start, end, tokens[i + 1].content, level, end, "setext" * accident, []))
            i += 3
        elif kind == "bullet_list_open" or kind == "ordered_list_open":
            i = _list(tokens, i, lines, folds, found)
        elif kind == "html_block":
            found += _html(token, lines)
            i += 1
        else:
            if token.map and kind in _LEAVES:
                found.append(Block(_LEAVES[kind], token.map[0], token.map[1]))
            i = _after(tokens, i)
    return (fold_details(found, lines, folds, Block) if folds else found), i


def _after(tokens, i):
    """The index behind the block that opens at `i`."""
    depth = tokens[i].nesting
    i += 1
    while depth > 0 and i < len(tokens):
        depth += tokens[i].nesting
        i += 1
    return i


def _list(tokens, i, lines, folds, found):
    marker = "-" if tokens[i].type[0] == "b" else "1"
    closing = "bullet_list_close" if marker == "-" else "ordered_list_close"
    i += 1
    while tokens[i].type != closing:
        start, end = tokens[i].map
        children, i = _container(tokens, i + 1, "list_item_close", lines, folds)
        while end > start + 1 and not lines[end - 1].strip():
            end -= 1
        found.append(_item(start, end, marker, children))
        i += 1
    return i + 1


def _item(start, end, marker, children):
    first = children[0] if children else None
    if len(children) == 1 and first.kind == "item" and first.start == start:
        return first  # "- 1. Why?" opens two lists at once, and is one item to its author
    item = Block("item", start, end, body=start, marker=marker, children=children)
    if first and first.start == start and first.kind in ("heading", "text"):
        item.title, item.level, item.body = first.title, first.level, first.end
        if first.kind == "text":
            _split_title(item, first)
        else:
            item.children = children[1:]
    elif first and first.start == start and first.kind == "item":
        item.title, item.body = first.title, first.body  # "- 1. Why?" with more below
        item.children = first.children + children[1:]
    return item


def _split_title(item, text):
    """An item's first line is its title unless the author only wrapped a longer one; the rest begins its body."""
    first, newline, rest = text.title.partition("\n")
    item.children = item.children[1:]
    if not newline:
        return
    wrapped = len(first) > 60 and not re.search(r"(?:[?？:：。.!！*_]|<br ?/?>|\\)$", first) and not item.children
    if wrapped:
        item.title = text.title
        return
    item.title, item.body = first, text.start + 1
    meant = [_LISTED.match(line) for line in rest.split("\n")]
    if len(meant) > 1 and all(meant):  # "4. x" right below text is no list in Markdown, but it is one to its author
        lines = enumerate(meant, text.start + 1)
        found = [Block("item", i, i + 1, match.group(2), 0, i + 1, match.group(1)[0]) for i, match in lines]
    else:
        found = [Block("text", text.start + 1, text.end, rest)]
    item.children = found + item.children


def _html(token, lines):
    """An HTML block as the headings in it, tags or lines of `#` glued to it, and what is between them."""
    start, end = token.map
    found, at = [], start
    for first, behind, level, title in html_headings(token.content):
        if start + first > at:
            found.append(Block("html", at, start + first, "\n".join(lines[at : start + first])))
        at = start + behind
        found.append(Block("heading", start + first, at, title, level, at, "html", []))
    if at < end:
        found.append(Block("html", at, end, "\n".join(lines[at:end]) if found else token.content))
    return found


def _drop_accidental_headings(flat):
    """Text directly above `---` becomes a heading in Markdown; where others are written with `#` nobody meant it."""
    meant = sum(block.kind == "heading" and block.marker != "setext" for block in flat)
    for block in flat:
        if block.kind == "heading" and block.marker == "setext":
            sentence = (
                "\n" in block.title or block.title.startswith(("!", "<")) or block.title.endswith(tuple("。.;；:：,，"))
            )
            if meant or sentence:
                block.kind, block.level = "text", 0
            block.marker = ""


def _nest(flat, end):
    """Puts what follows a heading below it; a list of blocks whose headings hold the rest."""
    root = Block("root", 0, end, children=[])
    stack = [root]
    for block in flat:
        if block.kind == "heading":
            while len(stack) > 1 and stack[-1].level >= block.level:
                stack.pop().end = block.start
            stack[-1].children.append(block)
            stack.append(block)
        else:
            stack[-1].children.append(block)
    for open_block in stack[1:]:
        open_block.end = end
    return root.children
