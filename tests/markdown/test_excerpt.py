"""The first words of an answer, as search engines and feeds list it."""

import pytest

from questions.markdown.excerpt import LENGTH, excerpt
from questions.markdown.render import render


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("**Flies** dislike [stripes](https://a.org) & `code`.", "Flies dislike stripes & code."),
        ("Cost is $O(n^2)$ in all.", "Cost is O(n^2) in all."),
        ("Two parts:\n\n- the first\n- the second", "Two parts: the first the second"),
        ("## Why\n\nBecause.", "Why Because."),
        ("Said before[^1].\n\n[^1]: Elsewhere.", "Said before."),
        ("a < b and <script>alert(1)</script> & so on", "a < b and & so on"),
        ("```py\nonly = code\n```", ""),
        ("", ""),
    ],
)
def test_plain_words(text, words):
    assert excerpt(render(text)).startswith(words)


def test_enough_is_enough():
    long = excerpt(render("word " * 1000))
    assert long.endswith("word…")
    assert LENGTH - 10 < len(long) <= LENGTH
    assert len(excerpt(render("字" * 1000))) == LENGTH
    assert len(excerpt(render("x" * 100_000))) <= LENGTH
