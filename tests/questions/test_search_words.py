"""What a text is found by, what is looked for, and where it stands."""

import time

import pytest

from questions.search_words import MOST_BYTES, fold, pieces, snippet, terms_of, words_of


def runs(typed):
    return [term.run for term in terms_of(typed)]


def shown(parts):
    return "".join(f"[{part.text}]" if part.is_hit else part.text for part in parts)


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("ＧＰＴ－４ｏ", "gpt-4o"),
        ("顯存優化與臺灣軟體", "显存优化与台湾软体"),
        ("Naïve Café ÉTÉ", "naive cafe ete"),
        ("cafe\u0301", "cafe"),
        ("Straße ﬁne", "strasse fine"),
        ("ﾃﾝｿﾙ", "テンソル"),
        ("ガラス", "ガラス"),
        ("が", "が"),
        ("O(n²) ①", "o(n2) 1"),
        ("Й Ё", "и е"),
        ("한국어", "한국어"),
    ],
)
def test_fold(written, compared):
    assert fold(written) == compared


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("KV缓存", ["kv", "缓存"]),
        ("gpt-4o", ["gpt", "4o"]),
        ("ZeRO-3", ["zero", "3"]),
        ("self_attn", ["self", "attn"]),
        ("熵", ["熵"]),
        ("  LoRA　显存 ", ["lora", "显存"]),
        ("a a", ["a"]),
        ("", []),
        ('"*" AND ( ) : ^ - \\ \' %', ["and"]),
        ("😀🎉", []),
        ("\x00\ud800", []),
        ("नमस्ते", ["नमस", "त"]),
    ],
)
def test_terms(typed, terms):
    assert runs(typed) == terms


def test_only_the_end_of_a_part_may_be_the_beginning_of_a_word():
    assert [(term.run, term.begins) for term in terms_of("gpt-4o flash q 显存")] == [
        ("gpt", False), ("4o", True), ("flash", True), ("q", False), ("显存", False)
    ]  # fmt: skip


def test_words_of_a_title_and_of_what_stands_often_are_marked():
    words = words_of("KV 缓存", "缓存，缓存，缓存；显存")
    assert {"kv", "缓存", "缓", "显存", "=kv", "=缓存", "=存", "+缓存"} <= set(words)
    assert not {"=显存", "+显存", "+kv", "存显"} & set(words)
    assert len(words) == len(set(words))


def test_many_terms_are_cut():
    assert len(terms_of("词 " * 5_000)) == 1
    assert len(terms_of(" ".join(map(str, range(5_000))))) == 40


def test_words_of_a_monster_fit_into_postgresql():
    every_pair_another = "".join(chr(0x4E00 + n * 7919 % 20_000) for n in range(400_000))
    words = words_of("x" * 10_000, every_pair_another + " " + "y" * 5_000)
    assert sum(len(word.encode()) for word in words) <= MOST_BYTES
    assert "x" * 40 in words


@pytest.mark.parametrize(
    ("text", "typed", "marked"),
    [
        ("KV 缓存与显存", "显存 kv", "[KV] 缓存与[显存]"),
        ("顯存優化", "显存", "[顯存]優化"),
        ("ＫＶ　ｃａｃｈｅ", "cache", "ＫＶ　[ｃａｃｈｅ]"),
        ("Embeddings embed", "embed", "[Embed]dings [embed]"),
        ("scale a cat", "cat", "scale a [cat]"),
        ("注意力与机制", "注意力机制", "[注意力]与[机制]"),
        ("注意力机制", "注意力机制", "[注意力机制]"),
        ("ﬁne-tuning", "fine", "[ﬁne]-tuning"),
        ("½ 与 cafe\u0301", "cafe", "½ 与 [café]"),
        ("<b> & x", "b", "<[b]> & x"),
        ("没有", "显存", "没有"),
        ("", "x", ""),
    ],
)
def test_pieces(text, typed, marked):
    assert shown(pieces(text, terms_of(typed))) == marked


def test_a_snippet_shows_where_most_of_it_stands():
    text = "显存" + "，前言" * 100 + "这里显存与 LoRA 在一处" + "，后记" * 100
    assert "[显存]与 [LoRA]" in shown(snippet(text, terms_of("LoRA 显存"), 60))
    assert shown(snippet(text, terms_of("LoRA 显存"), 60)).startswith("…")


def test_a_snippet_of_a_short_text_is_all_of_it():
    assert shown(snippet("显存不够", terms_of("显存"), 60)) == "[显存]不够"


@pytest.mark.parametrize("text", ["显存" * 100_000, "x" * 200_000, "ﬁ" * 100_000, "显 " * 100_000])
def test_a_snippet_of_a_monster_is_quick(text):
    start = time.process_time()
    snippet(text, terms_of("显存 x fi 显"), 110)
    assert time.process_time() - start < 2
