"""The Markdown of notes: CommonMark, GitHub's extensions, formulas, callouts, footnotes, definition lists."""

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin

from questions.markdown.autolink import autolink
from questions.markdown.callouts import callouts
from questions.markdown.cjk_breaks import cjk_breaks
from questions.markdown.cjk_emphasis import cjk_emphasis
from questions.markdown.code import code
from questions.markdown.footnotes import footnotes
from questions.markdown.headings import headings
from questions.markdown.images import images
from questions.markdown.links import links
from questions.markdown.math_blocks import math_blocks
from questions.markdown.math_spans import math_spans
from questions.markdown.nesting import nesting
from questions.markdown.raw_html import raw_html
from questions.markdown.star_slips import star_slips
from questions.markdown.table_pipes import table_pipes
from questions.markdown.tables import tables
from questions.markdown.task_lists import task_lists

# In order: a rule may rely on what those before it have done to the document.
RULES = (
    nesting,
    cjk_emphasis,
    star_slips,
    autolink,
    table_pipes,
    math_spans,
    math_blocks,
    code,
    task_lists,
    callouts,
    footnotes,
    deflist_plugin,
    headings,
    tables,
    cjk_breaks,
    links,
    images,
    raw_html,
)


def whole_documents() -> MarkdownIt:
    md = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for rule in RULES:
        md.use(rule)
    for name, html in {"s_open": "<del>", "s_close": "</del>"}.items():
        md.add_render_rule(name, lambda *_, html=html: html)
    return md


def titles() -> MarkdownIt:
    """One line with `code` and $formulas$, and nothing else."""
    md = MarkdownIt("zero").enable(["backticks", "escape"]).use(math_spans)
    md.add_render_rule("math_display", md.renderer.rules["math_inline"])
    return md


def new_env(text: str = "", prefix: str = "", link=None, image=None) -> dict:
    """What the rules may know besides the text; `anchors` fills as headings are found."""
    is_chinese = any("\u4e00" <= char <= "\u9fff" for char in text)
    return {
        "prefix": prefix,
        "link": link,
        "image": image,
        "anchors": {},
        "quotes": 0,
        "coloured": 0,
        "is_chinese": is_chinese,
    }
