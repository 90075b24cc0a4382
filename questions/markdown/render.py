"""Markdown → safe HTML, the only place where that happens."""

import re
from collections.abc import Callable, Iterator
from html import escape

from questions.markdown import dialect
from questions.markdown.mathml import FormulaError, mathml
from questions.markdown.plain_text import text_of, text_of_blocks
from questions.markdown.sanitise import sanitise
from questions.markdown.table_pipes import HIDDEN

LONGEST = 1_000_000  # characters; what is longer is shown as it is written
DRAWN = re.compile(r"[`$]|\\[(\[]")  # what opens code or a formula
FORMULAS = {"math_inline": False, "math_display": True, "math_block": True}

Link = Callable[[str], str | None]
Image = Callable[[str], tuple[str, int | None, int | None] | None]

DOCUMENTS = dialect.whole_documents()
TITLES = dialect.titles()


def render(text: str, prefix: str = "", link: Link | None = None, image: Image | None = None) -> str:
    """Safe HTML of `text`; ids in it begin with `prefix`, so that many can stand on one page.

    `link` turns an address as written (percent-encoded) into the one to link to, or None to keep only the words.
    `image` turns an image's into (address, width, height), or None if we do not have it.
    """
    text = cleaned(text)
    if len(text) > LONGEST:
        return as_written(text)
    try:
        html = DOCUMENTS.render(text, dialect.new_env(text, prefix, link, image))
    except RecursionError:
        html = as_written(text)
    return sanitise(html)


render.version = 3  # raised whenever the output changes, so that stored HTML is made again


def render_inline(title: str) -> str:
    """Safe HTML of a title: `code` and $formulas$ are drawn, everything else is text."""
    return sanitise(TITLES.renderInline(cleaned(title).replace("\n", " "), dialect.new_env(title)))


def draw_title(title: str) -> dict[str, str] | None:
    """{"html", "plain"} of a title, or None if there is nothing in it to draw: its words are all there is."""
    if not DRAWN.search(title):
        return None
    html = render_inline(title)
    return {"html": html, "plain": plain_inline(title)} if "<" in html else None


def plain(text: str) -> str:
    """The readable words of `text`, a block a line, without markup; formulas as their TeX."""
    text = cleaned(text)
    return text_of_blocks(parse(text)) if len(text) <= LONGEST else text


def plain_inline(title: str) -> str:
    """The readable words of a title."""
    return text_of(TITLES.parseInline(cleaned(title), dialect.new_env())[0].children)


def formula_problems(text: str) -> list[tuple[int, str, str]]:
    """The formulas that cannot be drawn: (line from 1 on, TeX, what is wrong with it)."""
    problems = []
    for line, tex, is_display in formulas(text):
        try:
            mathml(tex.strip(), is_display)
        except FormulaError as error:
            problems.append((line, tex, str(error)))
    return problems


def formulas(text: str) -> Iterator[tuple[int, str, bool]]:
    """Every formula of `text` as written: (line from 1 on, TeX, whether it stands on its own)."""
    for block in parse(cleaned(text)):
        first = block.map[0] + 1 if block.map else 1
        if block.type in FORMULAS:
            yield first, block.content, True
        for token in block.children or ():
            if token.type in FORMULAS:
                yield first + block.content.count("\n", 0, token.meta["offset"]), token.content, FORMULAS[token.type]


def parse(text: str) -> list:
    try:
        return DOCUMENTS.parse(text, dialect.new_env(text))
    except RecursionError:
        return []


def cleaned(text: str) -> str:
    """`text` without what no page can show: half characters, and the sign that stands for a hidden pipe."""
    return re.sub(f"[\ud800-\udfff{HIDDEN}]", "\ufffd", text)


def as_written(text: str) -> str:
    return f'<figure class="code"><pre tabindex="0"><code>{escape(text, quote=False)}</code></pre></figure>\n'
