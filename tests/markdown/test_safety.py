"""Whatever is typed, what comes out is inert."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questions.markdown.render import plain, render, render_inline
from tests.markdown.safety import problems_of

SIGNS = str.maketrans({"⏎": "\n", "␀": "\0", "␉": "\t", "␍": "\r", "␌": "\f"})
HOSTILE = [
    line.translate(SIGNS)
    for line in (Path(__file__).parent / "cases" / "hostile.txt").read_text().splitlines()
    if line and not line.startswith("%%")
]
PIECES = [
    *(
        "<b>",
        "</b>",
        "<div>",
        "</div>",
        "<p align=center>",
        "</p>",
        "<details>",
        "<summary>",
        "</details>",
        "<a href=x>",
        "</a>",
    ),
    *(
        "<table>",
        "<tr>",
        "<td>",
        "</table>",
        "<ul>",
        "<li>",
        "</ul>",
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "<svg>",
        "<math>",
    ),
    *(
        "<style>",
        "<h1>",
        "<pre>",
        "<img src='/media/a.png'>",
        "<img src=http://a.b/c>",
        "<think>",
        "<br>",
        "<",
        ">",
        "&",
        "&lt;",
    ),
    *(
        "**",
        "*",
        "_",
        "~~",
        "`",
        "```",
        "```py\n",
        "$",
        "$$",
        r"\(",
        r"\)",
        r"\[",
        r"\]",
        "[",
        "]",
        "](",
        ")",
        "![",
        "[^1]",
        "[^1]: ",
    ),
    *(
        "# ",
        "## ",
        "- ",
        "- [x] ",
        "1. ",
        "> ",
        "> [!TIP] ",
        ":::tip\n",
        ":::\n",
        ": ",
        "|",
        "|-|-|\n",
        "---\n",
        "===\n",
        "    ",
    ),
    *(
        "\n",
        "\n\n",
        " ",
        "\t",
        "\\",
        "\0",
        "javascript:",
        "https://a.b/c",
        "www.a.b",
        "a@b.cd",
        "x^2",
        r"\frac{a}{b}",
        "中文",
        "，",
        "。",
    ),
    *(
        '"',
        "'",
        "onclick=alert(1)",
        "class=button",
        "id=main",
        r"\text{<b>}",
        r"\*\*",
        "\ufdd0",
        "\ud800",
        "{#key}",
        "]: /x\n",
    ),
]
MARKDOWN = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=30).map("".join)


def test_the_corpus_is_large_and_has_no_twins():
    assert len(HOSTILE) >= 150
    assert len(set(HOSTILE)) == len(HOSTILE)


@pytest.mark.parametrize(
    "html",
    [
        *(
            "<script>x</script>",
            "<p onclick=x>y</p>",
            "<a href='javascript:x'>y</a>",
            "<a href='//x'>y</a>",
            "<p>",
            "</p>",
        ),
        *(
            "<img src='http://x/y'>",
            "<h3 id='main'>x</h3>",
            "<p class='button'>x</p>",
            "<p style='x'>y</p>",
            "<!-- x -->",
        ),
    ],
)
def test_the_check_itself_sees(html):
    assert problems_of(html, "q1-")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_inert(text):
    assert problems_of(render(text, "q1-"), "q1-") == []


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_titles_stay_inert(text):
    assert problems_of(render_inline(text), "q1-") == []


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_inert_with_resolvers_that_trust_everything(text):
    html = render(text, "q1-", link=lambda href: href, image=lambda src: (f"/media/{src}", 640, 480))
    assert problems_of(html, "q1-") == []


@settings(max_examples=150, deadline=None)
@given(MARKDOWN)
def test_any_text_renders_safely_and_always_the_same(text):
    html = render(text, "q1-")
    assert problems_of(html, "q1-") == []
    assert render(text, "q1-") == html


@settings(max_examples=50, deadline=None)
@given(MARKDOWN)
def test_any_text_has_a_plain_form_and_any_title_renders_safely(text):
    assert isinstance(plain(text), str)
    assert problems_of(render_inline(text), "q1-") == []
