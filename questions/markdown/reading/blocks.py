"""What stands in a Markdown file, as a tree of blocks with their lines."""

import re
from dataclasses import dataclass, field

from markdown_it import MarkdownIt

# Only the block structure: titles are cleaned by us, and leaving the inline pass out halves the time.
_parser = MarkdownIt("commonmark").enable("table")
_parser.core.ruler.enableOnly(["normalize", "block"])
_parser.options["maxNesting"] = 60

_SUMMARY = re.compile(r"<summary\b[^>]*>(.*?)</summary\s*>", re.S | re.I)
_DETAILS = re.compile(r"<(/?)details\b", re.I)


@dataclass
class Block:
    """Lines [start, end) of a file, counted from 0; `body` is where its text begins, below the title."""

    kind: str  # heading, item, details, text
    start: int
    end: int
    title: str = ""
    level: int = 0
    body: int = 0
    indent: int = 0
    has_text: bool = False
    children: list["Block"] = field(default_factory=list)

    def walk(self):
        yield self
        for child in self.children:
            yield from child.walk()


def read_blocks(text):
    """The blocks of `text`: headings own what follows them up to the next of their level or above."""
    tokens = _parser.parse(text)
    lines = text.split("\n")
    flat, _ = _container(tokens, 0, lines)
    return _nest(_fold_details(flat, lines), len(lines))


def _container(tokens, i, lines, closing=None):
    """Blocks of the tokens from `i` on, up to the token type `closing`; with the index of that token."""
    found = []
    while i < len(tokens) and tokens[i].type != closing:
        token = tokens[i]
        if token.type == "heading_open":
            start, end = token.map
            found.append(Block("heading", start, end, tokens[i + 1].content, int(token.tag[1]), body=end))
            i += 3
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            items, i = _list(tokens, i, lines)
            found += items
        else:
            if token.map and token.level == (tokens[0].level if closing is None else token.level):
                is_prose = token.type in ("html_block", "paragraph_open")
                found.append(Block("text", *token.map, title="\n".join(lines[slice(*token.map)]) if is_prose else ""))
            i = _after(tokens, i)
    return found, i


def _after(tokens, i):
    """The index behind the block that opens at `i`."""
    depth = 0
    while True:
        depth += tokens[i].nesting
        i += 1
        if depth <= 0 or i >= len(tokens):
            return i


def _list(tokens, i, lines):
    closing = tokens[i].type.replace("open", "close")
    items = []
    i += 1
    while tokens[i].type != closing:
        start, end = tokens[i].map
        children, i = _container(tokens, i + 1, lines, "list_item_close")
        items.append(_item(start, _last_line(lines, start, end), children, lines))
        i += 1
    return items, i + 1


def _item(start, end, children, lines):
    if len(children) == 1 and children[0].kind == "item" and children[0].start == start:
        return children[0]  # "- 1. Why?" opens two lists at once, and is one item to its author
    item = Block("item", start, end, indent=_content_column(lines[start]))
    first = children[0] if children else None
    if first and first.kind in ("heading", "text") and first.start == start:
        title_end = first.end if first.kind == "heading" else start + 1
        item.level = first.level
        item.title = first.title if first.kind == "heading" else lines[start][item.indent :].strip()
        item.body = title_end
        item.has_text = first.end > title_end or any(child.kind != "item" for child in children[1:])
    else:
        item.body = start
        item.has_text = any(child.kind != "item" for child in children)
    item.children = [child for child in children if child.kind == "item"]
    return item


_MARKER = re.compile(r"[\s>]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$)")


def _content_column(line):
    """Where the text of the innermost list item that opens on `line` begins; "- 1. x" opens two at once."""
    match = _MARKER.match(line)
    return match.end() if match else 0


def _last_line(lines, start, end):
    while end > start + 1 and not lines[end - 1].strip():
        end -= 1
    return end


def _fold_details(flat, lines):
    """Joins the blocks from an HTML `<details>` to its `</details>` into one."""
    folded, waiting = [], []
    for block in flat:
        opened = closed = 0
        if block.kind == "text" and block.title:
            for slash in _DETAILS.findall(block.title):
                opened, closed = opened + (not slash), closed + bool(slash)
        if opened > closed and not waiting:
            waiting = [block]
            depth = opened - closed
        elif waiting:
            waiting.append(block)
            depth += opened - closed
        elif opened:
            folded.append(_details([block], lines))
        else:
            folded.append(block)
        if waiting and depth <= 0:
            folded.append(_details(waiting, lines))
            waiting = []
    return folded + waiting


def _details(parts, lines):
    start, end = parts[0].start, parts[-1].end
    summary = _SUMMARY.search("\n".join(lines[start:end]))
    title = summary.group(1) if summary else ""
    return Block("details", start, end, title, body=start, has_text=True)


def _nest(flat, end):
    """Puts what follows a heading below it; a list of blocks whose headings hold the rest."""
    root = Block("root", 0, end)
    stack = [root]
    for block in flat:
        if block.kind == "heading":
            while len(stack) > 1 and stack[-1].level >= block.level:
                stack.pop().end = block.start
            stack[-1].children.append(block)
            stack.append(block)
        else:
            stack[-1].children.append(block)
            stack[-1].has_text = True
    for open_block in stack[1:]:
        open_block.end = end
    return root.children
