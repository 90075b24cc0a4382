"""Headings of a note stand below the page's own, from h3 on and without skipping a level; each has an anchor."""

import re
import unicodedata
from html import escape

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from questions.markdown.plain_text import text_of

HIGHEST, LOWEST = 3, 6
LONGEST_SLUG = 80


def headings(md: MarkdownIt) -> None:
    md.core.ruler.push("headings", place)
    md.add_render_rule("heading_close", close)


def place(state: StateCore) -> None:
    above, used = [], {}
    for index, begin in enumerate(state.tokens):
        if begin.type != "heading_open":
            continue
        while above and above[-1] >= begin.tag:
            above.pop()
        above.append(begin.tag)
        inline, end = state.tokens[index + 1 : index + 3]
        begin.tag = end.tag = f"h{min(HIGHEST + len(above) - 1, LOWEST)}"
        slug = slug_of(text_of(inline.children))
        used[slug] = used.get(slug, -1) + 1
        unique = f"{slug}-{used[slug]}" if used[slug] else slug
        begin.attrs = {"id": f"{state.env['prefix']}h-{unique}"}
        end.meta = {"id": begin.attrs["id"]}
        state.env["anchors"].setdefault(unique, begin.attrs["id"])


def close(_renderer, tokens, index, _options, _env) -> str:
    token = tokens[index]
    # The link is named after its heading; a bare "#" would say nothing when read aloud.
    id_ = escape(token.meta["id"])
    return f' <a class="anchor" href="#{id_}" aria-labelledby="{id_}">#</a></{token.tag}>\n'


def slug_of(title: str) -> str:
    """As GitHub makes it, so that links written for GitHub find their heading."""
    title = unicodedata.normalize("NFC", title).strip().lower()
    return re.sub(r"[^\w\- ]", "", title).replace(" ", "-")[:LONGEST_SLUG] or "heading"
