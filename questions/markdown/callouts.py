"""Callouts: GitHub's `> [!NOTE]`, Obsidian's `> [!tip] Title`, and `:::tip Title` containers."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin

KINDS = {
    "note": "note info abstract summary quote example todo",
    "tip": "tip hint success check done",
    "important": "important question faq help",
    "warning": "warning attention",
    "caution": "caution danger error failure bug",
}
KIND_OF = {word: kind for kind, words in KINDS.items() for word in words.split()}
LABELS = {
    "note": ("Note", "说明"),
    "tip": ("Tip", "提示"),
    "important": ("Important", "重要"),
    "warning": ("Warning", "注意"),
    "caution": ("Caution", "警告"),
}
MARKER = re.compile(r"\[!([A-Za-z]+)\][+-]?[ \t]*([^\n]*)\n?")
CONTAINER = re.compile(r"\s*([A-Za-z]+)[ \t]*(.*)")


def callouts(md: MarkdownIt) -> None:
    md.core.ruler.after("block", "alerts", alerts)
    md.core.ruler.after("alerts", "containers", containers)
    md.use(container_plugin, name="callout", validate=lambda info, _markup: bool(kind_of_container(info)))


def kind_of_container(info: str) -> str | None:
    match = CONTAINER.fullmatch(info)
    word = match.group(1).lower() if match else ""
    return "details" if word == "details" else KIND_OF.get(word)


def alerts(state: StateCore) -> None:
    """Turns a quote whose first line is `[!NOTE]` into a callout."""
    tokens, opened, result = state.tokens, [], []
    skip = 0
    for index, token in enumerate(tokens):
        if skip:
            skip -= 1
            continue
        if token.type == "blockquote_close" and opened.pop():
            token.type, token.tag = "callout_close", "div"
        result.append(token)
        if token.type != "blockquote_open":
            continue
        first = tokens[index + 2] if tokens[index + 1].type == "paragraph_open" else None
        match = MARKER.match(first.content) if first else None
        kind = KIND_OF.get(match.group(1).lower()) if match else None
        opened.append(kind)
        if kind:
            open_callout(token, kind)
            result += title(kind, match.group(2), token, state.env)
            first.content = first.content[match.end() :]
            skip = 0 if first.content else 3
    state.tokens = result


def containers(state: StateCore) -> None:
    """Gives `:::` containers their look and their title."""
    result, opened = [], []
    for token in state.tokens:
        result.append(token)
        if token.type == "container_callout_open":
            kind = kind_of_container(token.info)
            text = CONTAINER.fullmatch(token.info).group(2)
            opened.append(kind)
            if kind == "details":
                token.type, token.tag = "details_open", "details"
                result += title_tokens("summary", text or _label("note", state.env), token, None)
            else:
                open_callout(token, kind)
                result += title(kind, text, token, state.env)
        elif token.type == "container_callout_close":
            is_details = opened.pop() == "details"
            token.type, token.tag = ("details_close", "details") if is_details else ("callout_close", "div")
    state.tokens = result


def open_callout(token: Token, kind: str) -> None:
    token.type, token.tag, token.attrs = "callout_open", "div", {"class": f"callout callout-{kind}"}


def title(kind: str, text: str, parent: Token, env: dict) -> list[Token]:
    return title_tokens("p", text.strip() or _label(kind, env), parent, "callout-title")


def title_tokens(tag: str, text: str, parent: Token, css_class: str | None) -> list[Token]:
    attrs = {"class": css_class} if css_class else {}
    line = parent.map and [parent.map[0], parent.map[0] + 1]
    return [
        Token("callout_title_open", tag, 1, attrs=attrs, block=True, map=line),
        Token("inline", "", 0, content=text.strip(), children=[], block=True, map=line, level=parent.level + 2),
        Token("callout_title_close", tag, -1, block=True),
    ]


def _label(kind: str, env: dict) -> str:
    return LABELS[kind][env["is_chinese"]]
