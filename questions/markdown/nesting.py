"""How deep a document may nest: deeper ones are unreadable, and take time that grows with lines × depth."""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote
from markdown_it.rules_inline import StateInline, image, link

DEEPEST = 24
DEEPEST_QUOTE = 8


def nesting(md: MarkdownIt) -> None:
    md.options["maxNesting"] = DEEPEST
    md.block.ruler.at("blockquote", quote, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    md.inline.ruler.at("link", closed_link)
    md.inline.ruler.at("image", closed_image)


def quote(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    depth = state.env["quotes"]
    if depth >= DEEPEST_QUOTE:
        return False
    state.env["quotes"] = depth + 1
    try:
        return blockquote(state, first, last, silent)
    finally:
        state.env["quotes"] = depth


def closed_link(state: StateInline, silent: bool) -> bool:
    return state.src[state.pos] == "[" and can_close(state) and link(state, silent)


def closed_image(state: StateInline, silent: bool) -> bool:
    return state.src.startswith("![", state.pos) and can_close(state) and image(state, silent)


def can_close(state: StateInline) -> bool:
    """Whether any bracket closes behind this one; without, every opening one would be followed to the end in vain."""
    if state.last_bracket is None:
        state.last_bracket = state.src.rfind("]")
    return state.pos < state.last_bracket
