"""HTML in notes: harmless tags stay, bare; what is no HTML, such as `<pad>` or `<think>`, is text."""

import re
from html import escape, unescape
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.common.html_re import HTML_TAG_RE
from markdown_it.rules_block import StateBlock, html_block
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, html_inline
from markdown_it.token import Token

from questions.markdown import tables
from questions.markdown.images import image
from questions.markdown.links import destination
from questions.markdown.math_spans import DOLLARS
from questions.markdown.mathml import formula
from questions.markdown.tex import is_formula

KEPT = frozenset(
    "a b blockquote br caption code dd del details div dl dt em figcaption figure hr i img ins kbd li mark ol "
    "p pre q rp rt ruby samp small span strong sub summary sup table tbody td tfoot th thead tr u ul var".split()
)
REPLACED = {
    "aside": ('<div class="callout callout-note">', "</div>"),
    "center": ('<div class="align-center">', "</div>"),
    "strike": ("<del>", "</del>"),
    # A heading of the note's own would tear the page's outline; see headings.py for those written in Markdown.
    **{f"h{level}": ("<p><strong>", "</strong></p>") for level in range(1, 7)},
}
UNWRAPPED = frozenset(
    "article audio big body button embed fieldset font footer form frame frameset head header html input label "
    "link main meta base nav noscript param picture section select source track tt video wbr".split()
)
DROPPED = frozenset("iframe math noembed noframes object script style svg template textarea title xmp".split())
KNOWN = KEPT | REPLACED.keys() | UNWRAPPED | DROPPED
VOID = frozenset({"br", "hr", "img"})
BLOCKS = frozenset(
    "aside blockquote center dd details div dl dt figcaption figure li ol p pre table tbody td tfoot th thead tr "
    "ul".split()
)  # which may hold other blocks, and so may stay open until the next piece of HTML

PARENTS = {
    "li": ("ul", "ol"),
    **dict.fromkeys(("dt", "dd"), ("dl",)),
    **dict.fromkeys(("caption", "tbody", "td", "tfoot", "th", "thead", "tr"), ("table",)),
    **dict.fromkeys(("rp", "rt"), ("ruby",)),
    "summary": ("details",),
    "figcaption": ("figure",),
}
CLOSED_BY = {  # whoever stands on the left needs no end tag when one of those on the right begins
    "li": {"li"},
    "p": {"p", "div", "ul", "ol", "table", "blockquote", "pre", "details", "dl", "hr"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "td": {"td", "th", "tr", "tbody", "tfoot"},
    "th": {"td", "th", "tr", "tbody", "tfoot"},
    "tr": {"tr", "tbody", "tfoot"},
    "thead": {"tbody", "tfoot"},
    "tbody": {"tbody", "tfoot"},
}
DEEPEST = 40

TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)(?=[\s/>]|$)")
ATTRIBUTE = re.compile(r"""([A-Za-z_:][\w:.-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")
SMALL_NUMBER = re.compile(r"[0-9]{1,4}")


class Open(NamedTuple):
    name: str
    end: str
    level: int


def raw_html(md: MarkdownIt) -> None:
    md.block.ruler.at("html_block", only_known_block, {"alt": ["paragraph", "reference", "blockquote"]})
    md.inline.ruler.at("html_inline", only_known_tag)
    md.core.ruler.push("raw_html", tame)


def only_known_block(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    return is_html(state.src, state.bMarks[first] + state.tShift[first]) and html_block(state, first, last, silent)


def only_known_tag(state: StateInline, silent: bool) -> bool:
    return is_html(state.src, state.pos) and html_inline(state, silent)


def is_html(src: str, pos: int) -> bool:
    if not src.startswith("<", pos):
        return False
    tag = TAG.match(src, pos)
    return tag.group(2).lower() in KNOWN if tag else src.startswith("<!--", pos)


def tame(state: StateCore) -> None:
    """Rewrites all raw HTML of a document in our own words, each opened tag closed where its surroundings end."""
    tamer, result, late = Tamer(state.env), [], []
    for token in state.tokens:
        if token.nesting < 0:
            _append(result, tamer.close_above(token.level + 1))
        if token.type == "html_block":
            token.content = tamer.document(token.content, token.level)
        elif token.type == "inline":
            late += tamer.line(token)
        result.append(token)
        if token.nesting < 0:
            _append(result, "".join(tamer.end(name) for name in late))
            late.clear()
    _append(result, tamer.close_above(0))
    state.tokens = result


def _append(tokens: list[Token], html: str) -> None:
    if html:
        tokens.append(Token("html_block", "", 0, content=html, block=True))


class Tamer:
    """Rewrites one piece of HTML after the other and remembers what is open."""

    def __init__(self, env: dict):
        self.env = env
        self.opened: list[Open] = []

    def document(self, html: str, level: int) -> str:
        """A block of HTML, tags and text."""
        parts, pos = [], 0
        while (start := html.find("<", pos)) >= 0:
            parts.append(self.text(html[pos:start]))
            if html.startswith("<!--", start):
                end = html.find("-->", start)
                pos = len(html) if end < 0 else end + 3
                continue
            tag = HTML_TAG_RE.match(html, start) if is_html(html, start) else None
            if not tag:
                parts.append("&lt;")
                pos = start + 1
                continue
            pos = tag.end()
            name = TAG.match(tag.group()).group(2).lower()
            if name in DROPPED:
                end = re.compile(f"</{name}[^>]*>", re.IGNORECASE).search(html, pos)
                pos = end.end() if end else pos
            else:
                parts.append(self.tag(tag.group(), level))
        parts.append(self.text(html[pos:]))
        while self.opened and self.opened[-1].name not in BLOCKS:
            parts.append(self.opened.pop().end)
        return "".join(parts)

    def text(self, text: str) -> str:
        def with_formula(match):
            before, after = text[: match.start()][-1:], text[match.end() : match.end() + 1]
            tex = unescape(match.group(1))
            return formula(tex, False) if is_formula(tex, before, after) else match.group()

        return DOLLARS.sub(with_formula, text) if "$" in text else text.replace(">", "&gt;")

    def line(self, block: Token) -> list[str]:
        """The tags within one line; returns which end tags in it belong to blocks opened before."""
        outside, self.opened, late = self.opened, [], []
        last_end = {_name(t): i for i, t in enumerate(block.children) if t.content.startswith("</")}
        dropping = None
        for index, token in enumerate(block.children):
            if dropping:
                if token.type == "html_inline" and token.content.startswith("</") and _name(token) == dropping:
                    dropping = None
                token.type, token.content = "text", ""
            elif token.type == "html_inline":
                name = _name(token)
                if name in DROPPED and last_end.get(name, -1) > index and not token.content.startswith("</"):
                    dropping = name
                if token.content.startswith("</") and not self.is_open(name) and any(o.name == name for o in outside):
                    late.append(name)
                token.content = self.tag(token.content, 0) if name else ""
        block.children.append(Token("html_inline", "", 0, content=self.close_above(0)))
        self.opened = outside
        return late

    def tag(self, source: str, level: int) -> str:
        is_end, name = TAG.match(source).groups()
        name = name.lower()
        if name in UNWRAPPED or name in DROPPED:
            return ""
        if is_end:
            return self.end(name)
        if name in VOID:
            return self.void(name, attributes(source))
        return self.begin(name, attributes(source), level)

    def begin(self, name: str, wishes: dict[str, str], level: int) -> str:
        before = ""
        while self.opened and name in CLOSED_BY.get(self.opened[-1].name, ()):
            before += self.opened.pop().end
        if len(self.opened) >= DEEPEST or (name in PARENTS and not any(map(self.is_open, PARENTS[name]))):
            return before
        start, end = self.tags_for(name, wishes)
        self.opened.append(Open(name, end, level))
        return before + start

    def tags_for(self, name: str, wishes: dict[str, str]) -> tuple[str, str]:
        if name in REPLACED:
            return REPLACED[name]
        if name == "table":
            return tables.beginning(), tables.END
        if name == "a":
            href = destination(wishes.get("href", ""), self.env)
            title = f' title="{escape(wishes["title"])}"' if wishes.get("title") else ""
            return (f'<a href="{escape(href)}"{title}>', "</a>") if href else ("", "")
        return f"<{name}{allowed(name, wishes)}>", f"</{name}>"

    def void(self, name: str, wishes: dict[str, str]) -> str:
        if name != "img":
            return f"<{name}>"
        if not wishes.get("src"):
            return escape(wishes.get("alt", ""))
        return image(wishes["src"], wishes.get("alt", ""), self.env, self.is_open("a"), wishes)

    def end(self, name: str) -> str:
        if not self.is_open(name):
            return ""
        html = ""
        while True:
            top = self.opened.pop()
            html += top.end
            if top.name == name:
                return html

    def is_open(self, name: str) -> bool:
        return any(opened.name == name for opened in self.opened)

    def close_above(self, level: int) -> str:
        html = ""
        while self.opened and self.opened[-1].level >= level:
            html += self.opened.pop().end
        return html


def attributes(source: str) -> dict[str, str]:
    inside = source[TAG.match(source).end() : -1]
    found = {}
    for name, double, single, bare in ATTRIBUTE.findall(inside):
        found.setdefault(name.lower(), unescape(double or single or bare))
    return found


def allowed(name: str, wishes: dict[str, str]) -> str:
    """The few attributes that a tag of a note may keep, as HTML."""
    kept = ""
    if name in ("p", "div", "td", "th") and wishes.get("align", "").lower() in ("left", "center", "right"):
        kept += f' class="align-{wishes["align"].lower()}"'
    for number in {"td": ("colspan", "rowspan"), "th": ("colspan", "rowspan"), "ol": ("start",)}.get(name, ()):
        if SMALL_NUMBER.fullmatch(wishes.get(number, "")):
            kept += f' {number}="{wishes[number]}"'
    return kept + (" open" if name == "details" and "open" in wishes else "")


def _name(token: Token) -> str:
    tag = TAG.match(token.content) if token.type == "html_inline" else None
    return tag.group(2).lower() if tag else ""
