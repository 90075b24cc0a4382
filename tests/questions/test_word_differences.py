"""Two texts compared word by word."""

import random
import time

import pytest

from questions.word_differences import AROUND, Piece, word_differences
from questions.wording import words


def drawn(old, new):
    signs = {"same": "{}", "gone": "[-{}-]", "new": "[+{}+]", "left-out": "…"}
    return "".join(signs[piece.kind].format(piece.text) for piece in word_differences(old, new))


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("The batch is 32.", "The batch was 64!", "The batch [-is 32.-][+was 64!+]"),
        ("显存占用很大。", "显存的占用不大。", "显存[+的+]占用[-很-][+不+]大。"),
        ("one two", "one two three", "one two [+three+]"),
        ("one two three", "one three", "one [-two -]three"),
        ("$O(n^2)$ grows", "$O(n)$ grows", "$O(n[-^2-])$ grows"),
        ("a b c d e f g", "x y z d u v w", "[-a b c d e f g-][+x y z d u v w+]"),
        ("", "one", "[+one+]"),
        ("one", "", "[-one-]"),
        ("“one”", "“two”", "[-“one”-][+“two”+]"),
    ],
)
def test_what_goes_and_what_comes(old, new, shown):
    assert drawn(old, new) == shown


@pytest.mark.parametrize(("old", "new"), [("", ""), ("one two", "one,  two."), ("…", ""), ("注意力。", "注意力")])
def test_the_same_has_none(old, new):
    assert word_differences(old, new) == []


def test_of_what_stayed_a_little_is_shown_around_a_change():
    old = " ".join(f"word{n}" for n in range(500))
    pieces = word_differences(old, old.replace("word250", "changed"))
    assert [piece.kind for piece in pieces] == ["left-out", "same", "gone", "new", "same", "left-out"]
    assert [piece.text for piece in pieces if piece.kind in ("gone", "new")] == ["word250 ", "changed "]
    assert {len(piece.text) for piece in pieces if piece.kind == "same"} == {AROUND}


def test_of_everything_between_the_changes_nothing_is_lost():
    chance = random.Random(7)  # noqa: S311 - the same ones each time
    for _ in range(200):
        old, new = ("".join(chance.choices("的是在了 ab,\n", k=chance.randrange(60))) for _ in range(2))
        pieces = word_differences(old, new)
        if words(new) and pieces and Piece("left-out") not in pieces:
            assert "".join(piece.text for piece in pieces if piece.kind != "gone") == new
            gone = "".join(piece.text for piece in pieces if piece.kind == "gone")
            assert set(gone) <= set(old)


def test_what_repeats_itself_is_followed_too():
    row = "这一段没有改动。" * 90
    pieces = word_differences(f"旧文。{row}", f"新文。{row}又一段。")
    assert [piece.text for piece in pieces if piece.kind in ("gone", "new")] == ["旧", "新", "又一段。"]


def long_texts():
    """Pairs of 200 kB, one a name: typical ones, and such as are hard to compare."""
    chance = random.Random(1)  # noqa: S311 - the same ones each time
    signs = [chr(n) for n in range(0x4E00, 0x9000)]
    text = "".join(
        chance.choice(signs) if chance.random() < 0.6 else chance.choice("的是在了，。\n") for _ in range(66_000)
    )
    lines = text.split("\n")
    edited = list(text)
    for _ in range(1500):
        edited[chance.randrange(len(edited))] = "改"
    few = ["".join(chance.choices("的是在了", k=66_000)) for _ in range(2)]
    return {
        "edited": (text, "".join(edited)),
        "lines in another order": (text, "\n".join(chance.sample(lines, len(lines)))),
        "another text": (text, "".join(chance.sample(text, len(text)))),
        "few words": few,
        "one word": ("的" * 66_000, "的" * 33_000 + "是" * 33_000),
    }


@pytest.mark.parametrize("name", ["edited", "lines in another order", "another text", "few words", "one word"])
def test_long_texts_take_seconds_at_most(name):
    old, new = long_texts()[name]
    start = time.perf_counter()
    assert word_differences(old, new)
    assert time.perf_counter() - start < 15
