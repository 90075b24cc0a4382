"""The words of a note without their markup; formulas stay as their TeX."""

import re

TEXT = {"text", "code_inline", "math_inline", "math_display", "text_special"}
BLOCK = {"fence", "code_block", "math_block"}


def text_of(tokens) -> str:
    """The readable text of inline tokens."""
    parts = []
    for token in tokens or ():
        if token.type in TEXT:
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif token.type == "image":
            parts.append(text_of(token.children))
        elif token.type == "html_inline" and re.match(r"(?i)<br\b", token.content):
            parts.append("\n")
    return "".join(parts)


def text_of_blocks(tokens) -> str:
    """The readable text of a whole document, one block a line, cells of a table side by side."""
    lines, row = [], None
    for token in tokens:
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close":
            lines.append("  ".join(row))
            row = None
        elif token.type == "inline":
            (lines if row is None else row).append(text_of(token.children))
        elif token.type in BLOCK:
            lines.append(token.content.strip())
        elif token.type == "html_block":
            lines.append(re.sub(r"<[^<>]*>", " ", token.content))
    return "\n".join(filter(None, (line.strip() for line in lines)))
