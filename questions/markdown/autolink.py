"""Bare addresses become links and stop where the address stops: before Chinese punctuation, brackets and full stops."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

SCHEME = re.compile(r"(?<![A-Za-z0-9])https?\Z", re.IGNORECASE)
REST = r"[A-Za-z0-9][A-Za-z0-9.-]{0,250}(?::\d{1,5})?(?:[/?#][A-Za-z0-9\-._~:/?#@!$&'()+,;=%]{0,2000})?"
ADDRESS = re.compile("://" + REST)
WITHOUT_SCHEME = re.compile(
    rf"(?<![\w.+@/-])(?:(?P<web>www\.{REST})|(?P<mail>[\w.+-]{{1,64}}@[A-Za-z0-9-]{{1,63}}(?:\.[A-Za-z0-9-]{{1,63}}){{1,8}}))",
    re.ASCII,
)
TRAILING = ".,:;!?'\"_~-"


def autolink(md: MarkdownIt) -> None:
    md.inline.ruler.push("addresses", with_scheme)
    md.core.ruler.push("addresses_without_scheme", without_scheme)


def with_scheme(state: StateInline, silent: bool) -> bool:
    src, pos = state.src, state.pos
    if silent or state.linkLevel > 0 or not src.startswith("://", pos):
        return False
    scheme = SCHEME.search(src[max(0, pos - 6) : pos])
    match = ADDRESS.match(src, pos, state.posMax)
    if not scheme or not match or not state.pending.endswith(scheme.group()):
        return False
    rest = trimmed(match.group())
    address = scheme.group() + rest
    state.pending = state.pending[: -len(scheme.group())]
    state.push("link_open", "a", 1).attrs = {"href": state.md.normalizeLink(address)}
    state.push("text", "", 0).content = address
    state.push("link_close", "a", -1)
    state.pos += len(rest)
    return True


def without_scheme(state: StateCore) -> None:
    for block in state.tokens:
        if block.type == "inline" and ("www." in block.content or "@" in block.content):
            block.children = list(linked(block.children))


def linked(tokens: list[Token]):
    depth = 0
    for token in tokens:
        depth += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        if depth or token.type != "text":
            yield token
            continue
        done = 0
        for match in WITHOUT_SCHEME.finditer(token.content):
            address = trimmed(match.group())
            yield Token("text", "", 0, content=token.content[done : match.start()])
            href = ("mailto:" if match["mail"] else "http://") + address
            yield Token("link_open", "a", 1, attrs={"href": href})
            yield Token("text", "", 0, content=address)
            yield Token("link_close", "a", -1)
            done = match.start() + len(address)
        token.content = token.content[done:]
        yield token


def trimmed(address: str) -> str:
    """`address` without the punctuation of the sentence around it."""
    while address[-1] in TRAILING or (address[-1] == ")" and address.count(")") > address.count("(")):
        address = address[:-1]
    return address
