"""Rendering, case by case: the cases are Markdown files, so that a bug report becomes one by pasting."""

import re
import sys
from html import unescape
from pathlib import Path

import pytest
from markdown_it.utils import read_fixture_file

from questions.markdown import nesting
from questions.markdown import render as module
from questions.markdown.mathml import DEEPEST, FormulaError, mathml
from questions.markdown.render import formula_problems, formulas, plain, plain_inline, render, render_inline
from tests.markdown.safety import problems_of

FOLDER = Path(__file__).parent / "cases"
PAGE = (FOLDER / "formulas.md").read_text()
CASES = [
    pytest.param(text, html, id=f"{file.stem}: {title}")
    for file in sorted(FOLDER.glob("*.md"))
    if file.name != "formulas.md"
    for _line, title, text, html in read_fixture_file(file)
]
ANNOTATION = re.compile(r'<annotation encoding="application/x-tex">(.*?)</annotation>', re.DOTALL)


@pytest.mark.parametrize(("text", "html"), CASES)
def test_case(text, html):
    assert render(text, "q1-").rstrip() == html.rstrip()
    assert problems_of(html, "q1-") == []


# --- Formulas ----------------------------------------------------------------------------------------------------


def test_the_page_of_formulas_is_drawn_whole_and_unchanged():
    sources = [tex.strip() for _, tex, _ in formulas(PAGE)]
    assert len(sources) >= 60
    assert formula_problems(PAGE) == []
    assert [unescape(tex) for tex in ANNOTATION.findall(render(PAGE))] == sources


def test_problems_name_line_source_and_reason():
    text = "# a\n\n一行\n$x$ 与 $\\nonsense$\n\n$$\n\\frac{a}{\n$$\n\n| a |\n|--|\n| $\\oops$ |"
    assert [(line, tex.strip()) for line, tex, _ in formula_problems(text)] == [
        (4, r"\nonsense"),
        (6, r"\frac{a}{"),
        (12, r"\oops"),
    ]
    assert formula_problems(text)[0][2] == r'Unknown command "\nonsense".'


@pytest.mark.parametrize(
    "tex",
    [
        "{" * (DEEPEST + 1) + "x" + "}" * (DEEPEST + 1),
        r"\left(" * (DEEPEST + 1) + "x" + r"\right)" * (DEEPEST + 1),
        "x" * 5_001,
        r"\newcommand{\a}[1]{{{{#1}}}}\a{\a{x}}",
        r"\newcommand{\a}{\a\a}\a",
        r"\newcommand{\a}{" + "x" * 4_000 + "}" + r"\a" * 100,
    ],
)
def test_formulas_that_could_hurt_are_refused(tex):
    with pytest.raises(FormulaError):
        mathml(tex, is_display=False)


def test_no_formula_has_a_style_or_a_link():
    html = render(PAGE + r" $\eqref{a}$ $\ref{b}$")
    assert "style=" not in html.replace("displaystyle=", "")
    assert "href" not in re.sub(r'href="#h-[^"]*"', "", html)


# --- Titles and plain text ---------------------------------------------------------------------------------------


def test_titles_hold_code_and_formulas_only():
    html = render_inline("**`a`** 除以 $\\sqrt{d}$ [b](/c) <i>\nd")
    assert html.startswith("**<code>a</code>** 除以 <math>")
    assert html.endswith("</math> [b](/c) &lt;i&gt; d")
    assert plain_inline("`a` 与 $x_1$") == "a 与 x_1"


def test_plain_text_is_what_one_reads():
    text = (
        "# 标题 `a`\n\n**甲** [乙](https://a.cn) ![图](x.png) $x_1$[^1]\n\n- [x] 丙\n\n"
        "| a | b |\n|--|--|\n| 1 | 2 |\n\n```py\ncode\n```\n\n"
        "<p align=center>丁</p>\n\n> [!TIP] 戊\n> <b>己</b>\n\n[^1]: 注"
    )
    assert plain(text).split("\n") == [
        *("标题 a", "甲 乙 图 x_1", "丙", "a  b", "1  2", "code", "丁", "戊", "己", "注"),
    ]


# --- What the importer resolves ----------------------------------------------------------------------------------


def test_links_are_resolved():
    targets = {"b.md": "/questions/2/", "https://github.com/x/y/blob/main/c.md": "/questions/3/"}
    html = render(
        "[b](b.md) [c](https://github.com/x/y/blob/main/c.md) <a href='b.md'>b</a> [d](d.md)", link=targets.get
    )
    assert re.findall(r'href="([^"]*)"', html) == ["/questions/2/", "/questions/3/", "/questions/2/"]
    assert "d</p>" in html


def test_what_a_resolver_gives_is_checked_too():
    assert "href" not in render("[a](b)", link=lambda href: "javascript:alert(1)")


def test_images_are_resolved_with_their_size():
    def image(src):
        return ("/media/notes/a.png", 800, 600) if src == "img/a.png" else None

    assert 'width="800" height="600"' in render("![a](img/a.png)", image=image)
    assert 'width="400" height="300"' in render("<img src='img/a.png' width=400>", image=image)
    assert 'width="800" height="600"' in render("<img src='img/a.png' width=4000>", image=image)
    assert render("![图](img/b.png)", image=image) == "<p>图</p>\n"


# --- Limits ------------------------------------------------------------------------------------------------------


def test_what_is_too_long_is_shown_as_written(monkeypatch):
    monkeypatch.setattr(module, "LONGEST", 10)
    assert "<code>**a** &lt;b&gt; c</code>" in render("**a** <b> c")


def test_what_nests_beyond_the_stack_is_shown_as_written(monkeypatch):
    def gives_up(*args):
        raise RecursionError

    monkeypatch.setattr(module.DOCUMENTS, "parse", gives_up)
    assert "<code>&gt; a</code>" in render("> a")
    assert plain("> a") == ""


@pytest.mark.parametrize("sign", ["> ", "- ", "[", "![", "<div>", "<b>", ":::tip\n", "[^1]: ", "**a ", "1. "])
def test_nesting_has_an_end(sign):
    html = render(sign * 3_000 + "x")
    depth = deepest = 0
    for end, tag in re.findall(r"<(/?)(\w+)[^>]*>", html):
        depth += 0 if tag in ("br", "hr", "img", "input") else -1 if end else 1
        deepest = max(deepest, depth)
    assert deepest <= 2 * nesting.DEEPEST


class Lines:
    """Counts the lines of Python that run: a measure of work that no other process disturbs."""

    def __init__(self):
        self.count = 0

    def __enter__(self):
        sys.settrace(self.trace)
        return self

    def __exit__(self, *exception):
        sys.settrace(None)

    def trace(self, frame, event, argument):
        self.count += 1
        return self.trace


def work(text):
    with Lines() as lines:
        render(text)
    return lines.count


@pytest.mark.parametrize(
    "sign",
    [
        *(
            "[",
            "![",
            "[]",
            "[a](",
            "$",
            "$a ",
            "$$ a\n",
            "\\(",
            "\\[\n",
            "*a ",
            "**a",
            "**中",
            "*_",
            "~~a",
            "`",
            "> a\n",
            "- a\n",
        ),
        *(
            "<",
            "<a ",
            "<b>",
            "<div>\n\n",
            "<!--",
            "<script>",
            "<td>",
            "</div>",
            "&",
            "# a\n",
            "|a|\n|-|\n",
            "|-|\n",
            "|-|\n|$a|b$|\n",
        ),
        *(
            "[^1]",
            "[^1]: a\n\n",
            ":::tip\n",
            "> [!NOTE]\n\n",
            "a\n: b\n",
            "http://a",
            "www.a",
            "a@a",
            "\\",
            "\\*\\*中",
            "\n",
            "中\n",
        ),
    ],
)
def test_work_grows_with_length_only(sign):
    render(sign)
    once, twice = work(sign * 300), work(sign * 600)
    assert twice < 3 * once + 5_000


# --- Contract ----------------------------------------------------------------------------------------------------


def test_the_version_is_a_number_that_rows_can_store():
    assert isinstance(render.version, int)


def test_nothing_of_django_is_needed():
    source = Path(module.__file__).parent
    assert not [
        file.name for file in source.glob("*.py") if re.search(r"^(from|import) django", file.read_text(), re.M)
    ]
