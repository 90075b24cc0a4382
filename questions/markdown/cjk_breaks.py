"""A line break in the source between two Chinese characters leaves no blank on the page."""

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from questions.markdown.cjk_emphasis import is_cjk


def cjk_breaks(md: MarkdownIt) -> None:
    md.core.ruler.push("cjk_breaks", join_lines)


def join_lines(state: StateCore) -> None:
    for block in state.tokens:
        if block.type != "inline":
            continue
        children = block.children
        for before, token, after in zip(children, children[1:], children[2:], strict=False):
            if token.type == "softbreak" and is_cjk(before.content[-1:] or " ") and is_cjk(after.content[:1] or " "):
                token.type = "text"
