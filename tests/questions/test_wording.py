"""Which words of a text count when two texts are asked whether they say the same."""

import time

import pytest

from questions.wording import digest, words


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Flies dislike them", "  Flies\n\ndislike   them. "),
        ("使用GPT-4，效果更好。", "使用 GPT4, 效果更好"),
        ("你好，世界。", "你好, 世界！"),
        ("- one\n- two", "* one\n* two"),
        ("1. one\n2. two", "1) one\n2) two"),
        ("> quoted", "quoted"),
        ("Title\n=====", "# Title"),
        ("**bold** and ~~gone~~", "__bold__ and gone"),
        ("$x+1$", r"\(x + 1\)"),
        ("$$\nx + 1\n$$", r"\[x+1\]"),
        ("`a == b`", "``a==b``"),
        ("３Ｂ", "3B"),
        ("a|b\n---|---\n1|2", "| a | b |\n|:--|--:|\n| 1 | 2 |"),
        ("3–5 days", "3-5 days"),
        ("", " \n"),
    ],
)
def test_blanks_and_punctuation_are_no_change(old, new):
    assert digest(old) == digest(new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Flies dislike them.", "Flies like them."),
        ("线性的", "非线性的"),
        ("3.5", "35"),
        ("1 0", "10"),
        ("10%", "10"),
        ("loss of -3", "loss of 3"),
        ("损失为-3", "损失为3"),
        ("batch > 32", "batch < 32"),
        ("$x+1$", "$x-1$"),
        ("$x^2$", "$x2$"),
        ("$$f(x)'$$", "$$f(x)$$"),
        (r"\(a,b\)", r"\(a;b\)"),
        ("`a == b`", "`a = b`"),
        ("`a b`", "`ab`"),
        ("```python\nx = y[0]\n```", "```python\nx = y(0)\n```"),
        ("✅ streams", "❌ streams"),
        ("", "x"),
    ],
)
def test_words_and_the_signs_of_formulas_code_and_numbers_are(old, new):
    assert digest(old) != digest(new)


def test_prices_begin_no_formula():
    assert digest("It costs $5, or $6!") == digest("It costs $5 or $6")


def test_each_chinese_character_is_a_word():
    assert [word.key for word in words("**注意力**：KV cache 占 1.5 GB。")] == [
        *"注意力",
        "KV",
        "cache",
        "占",
        "1.5",
        "GB",
    ]


@pytest.mark.parametrize(
    "part", ["` ", "` `` ", "$ ", "$$ $", r"\(", r"\[", "``` ", "```~~~", "- ", "1-", "=== ", "$a "]
)
def test_long_texts_that_open_and_never_close(part):
    start = time.perf_counter()
    digest(part * (200_000 // len(part)))
    assert time.perf_counter() - start < 5
