"""A `|` inside a formula does not end a table cell, where the row would have too many cells otherwise."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_core import StateCore

from questions.markdown.tex import is_formula

HIDDEN = "\ufdd0"  # a noncharacter: render() removes it from what people write, so that it can only stand for a pipe
LIST_MARKER = re.compile(r"(?:[-*+]|\d{1,9}[.)])\s+(?=\|)")
SPANS = re.compile(r"`+[^`]++`+|(?<!\\)\$((?:[^$\\]|\\.)++)\$")


def table_pipes(md: MarkdownIt) -> None:
    md.core.ruler.before("block", "hide_pipes", hide)
    md.core.ruler.after("inline", "show_pipes", show)


def hide(state: StateCore) -> None:
    if "$" not in state.src or "|" not in state.src:
        return
    lines = state.src.split("\n")
    for number in range(1, len(lines)):
        columns = columns_of(lines[number])
        if columns and "|" in lines[number - 1]:
            hide_in_rows(lines, number, columns)
    state.src = "\n".join(lines)


def hide_in_rows(lines: list[str], delimiter: int, columns: int) -> None:
    lines[delimiter - 1] = hide_in_row(lines[delimiter - 1], columns)
    for number in range(delimiter + 1, len(lines)):
        if "|" not in lines[number] or columns_of(lines[number]):
            return
        lines[number] = hide_in_row(lines[number], columns)


def hide_in_row(row: str, columns: int) -> str:
    return row if "$" not in row or len(cells(row)) == columns else SPANS.sub(_without_pipes, row)


def columns_of(line: str) -> int:
    """How many columns the line opens if it is a table's delimiter row, `|:--|--:|`, else 0."""
    parts = [part.strip() for part in line.strip(" >\t").strip("|").split("|")]
    return len(parts) if "|" in line and all(re.fullmatch(r":?-+:?", part) for part in parts) else 0


def cells(row: str) -> list[str]:
    parts = escapedSplit(LIST_MARKER.sub("", row.lstrip(" >\t")).rstrip())
    return parts[1 if parts[0] == "" else 0 : -1 if parts[-1] == "" else None]


def show(state: StateCore) -> None:
    for block in state.tokens:
        for token in (block, *(block.children or ())):
            token.content = token.content.replace(HIDDEN, "|")
            for name, value in token.attrs.items():
                token.attrs[name] = str(value).replace(HIDDEN, "|")


def _without_pipes(match: re.Match) -> str:
    tex, line = match.group(1), match.string
    before, after = line[: match.start()][-1:], line[match.end() : match.end() + 1]
    return match.group().replace("|", HIDDEN) if tex and is_formula(tex, before, after) else match.group()
