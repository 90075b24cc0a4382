"""Links lead to the web, to mail, into this site or to a heading of the note; of any other the text stays."""

import re
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

ABSOLUTE = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x1f\\]+", re.IGNORECASE)
LOCAL = re.compile(r"/(?![/\\])[^\s\x00-\x1f\\]*")


def links(md: MarkdownIt) -> None:
    # Every link is parsed as one, and judged below: an unwelcome address then leaves its text, not its brackets.
    md.validateLink = lambda url: True
    md.core.ruler.push("links", judge)


def judge(state: StateCore) -> None:
    for block in state.tokens:
        opened = []
        for token in block.children or ():
            if token.type == "link_open":
                href = destination(str(token.attrs.get("href", "")), state.env)
                opened.append(href)
                token.attrs = {**token.attrs, "href": href}
                token.hidden = href is None
            elif token.type == "link_close":
                token.hidden = opened.pop() is None
            elif token.type == "image":
                token.meta["linked"] = any(opened)
            if token.hidden:
                token.type, token.content = "text", ""


def destination(href: str, env: dict) -> str | None:
    """The address that a link written with `href` gets, or None if it gets none."""
    if href.startswith("#"):
        anchor = unquote(href[1:])
        id_ = env["anchors"].get(anchor) or env["anchors"].get(anchor.lower())
        if id_:
            return "#" + id_
    resolved = env["link"](href) if env["link"] else href
    return resolved if resolved and is_safe(resolved) else None


def is_safe(href: str) -> bool:
    return bool(ABSOLUTE.fullmatch(href) or LOCAL.fullmatch(href))
