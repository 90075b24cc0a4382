"""What makes a text a copy of another: property-based, over reformatting and edits."""

import random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from questions.shingles import (
    COPY,
    LENGTH,
    NEAR,
    SHORTEST_PASSAGE,
    STRIDE,
    Index,
    compare,
    landmarks,
    letters,
    number,
    shingles,
)

ENGLISH = """Layer normalisation keeps the activations of each token in a range that the next layer can work
with, and it does so without looking at the other tokens of the batch. That is why it suits sequences of
different lengths, and why it behaves the same in training and in use. Placed before the attention block it
makes deep stacks train without a warm-up; placed behind it, the gradients of the first layers grow with depth.
Most models since have taken the first way, and many leave out the shift and the centring, which costs nothing
in quality and saves a pass over the data."""
CHINESE = """层归一化让每个词元的激活保持在下一层能够处理的范围内，而且不需要看同一批里的其他词元。因此它适合长度
不同的序列，训练时和使用时的行为也一致。放在注意力模块之前，深层网络不用预热也能训练；放在之后，前几
层的梯度会随深度增大。后来的模型大多选择前一种做法，许多还去掉了平移和中心化，质量没有损失，还省去了
一遍数据扫描。实际部署时，缩放参数往往与后面的线性层合并，推理时不再单独计算，这样既减少了访存，也减
少了算子启动的次数。"""
OTHER = """Batch normalisation, by contrast, takes its mean and variance over the examples of a batch. In a language
model these are sentences of different lengths, padded to the longest, so that the statistics say more about
the padding than about the words; and with a batch of one there is nothing to take them over. Running averages
help in use, but they are not what the network was trained with. Layer normalisation was proposed for
recurrent networks for these reasons."""
texts = st.sampled_from([ENGLISH, CHINESE])


def likeness(text, original):
    return compare(letters(text), {1: letters(original)})


def is_copy(text, original):
    found = likeness(text, original)
    return bool(found and found.is_copy)


def meets(text, original):
    """Whether the few landmarks of the original are enough to find `text`."""
    return Index([(1, original)]).alike(letters(text)) == {1: letters(original)}


# --- What stays a copy -------------------------------------------------------------------------------------------


@given(texts, st.randoms(use_true_random=False))
def test_reformatted(text, chance):
    """Another case, width and punctuation, emphasis, links, line breaks and pictures."""
    words = []
    for word in text.split():
        dress = [
            "{}",
            "**{}**",
            "`{}`",
            "[{}](https://example.org/a_(b)?c=d#e)",
            "{}\n",
            "<b>{}</b>",
            "{} ![flow](a.png)",
            "> {}",
        ]
        words.append(chance.choice(dress).format(chance.choice([str, str.upper, str.title])(word)))
    dressed = chance.choice([" ", "\n", "\n\n"]).join(words).replace(".", chance.choice("!;…"))
    dressed = dressed.replace("，", chance.choice([",", " — ", "。"]))
    assert likeness(dressed, text).share == 1
    assert is_copy(dressed, text)
    assert meets(dressed, text)


@pytest.mark.parametrize(
    "numbering", ["{}. ", "{}、", "({}) ", "（{}）", "{}) ", "- [ ] {} ", "### {}: ", "Q{}: ", "{}.1.2 ", "[{}] "]
)
@given(texts)
def test_renumbered(numbering, text):
    sentences = [one.strip() for one in text.replace("。", ".").split(".") if one.strip()]
    plain = "\n".join(f"{n}. {sentence}" for n, sentence in enumerate(sentences, 1))
    again = "\n\n".join(numbering.format(n) + sentence for n, sentence in enumerate(sentences, 7))
    assert is_copy(again, plain)
    assert meets(again, plain)


@pytest.mark.parametrize(
    "ordinals",
    [
        ["一、", "二、", "三、"],
        ["（一）"] * 3,
        ["第一章 ", "第二章 ", "第三章 "],
        ["a) ", "b) ", "c) "],
        ["①", "②", "③"],
    ],
)
def test_ordinals_of_other_kinds(ordinals):
    sentences = CHINESE.split("。")[:3]
    dressed = "\n".join(map("".join, zip(ordinals, sentences, strict=True)))
    assert letters(dressed) == letters("".join(sentences))


@given(texts, st.floats(0, 0.05), st.floats(0, 1))
def test_a_passage_of_a_twentieth_rewritten(text, share, place):
    """Up to 5 % of the characters, in one place: the others still give it away."""
    length = int(len(text) * share)
    start = int((len(text) - length) * place)
    edited = text[:start] + "换" * length + text[start + length :]
    assert is_copy(edited, text)
    assert meets(edited, text)


@given(texts, st.randoms(use_true_random=False))
def test_single_letters_changed_all_over(text, chance):
    """One in a hundred. By the rule of 20 letters and four fifths, one in twenty would leave a third: see below."""
    edited = list(text)
    for place in chance.sample(range(len(text)), len(text) // 150):
        edited[place] = "字"
    assert meets("".join(edited), text)
    assert likeness("".join(edited), text).share >= 0.8


def test_one_letter_in_twenty_all_over_is_pointed_out():
    """It is no copy by the rule, but the import says that it comes near."""
    chance = random.Random(7)  # noqa: S311
    edited = list(ENGLISH)
    for place in chance.sample(range(len(ENGLISH)), len(ENGLISH) // 20):
        edited[place] = "x"
    assert NEAR <= likeness("".join(edited), ENGLISH).share < COPY


@given(texts, st.integers(0, 5), st.integers(0, 5))
def test_with_other_words_around(text, before, behind):
    assert is_copy(OTHER * before + "\n\n" + text + "\n\n" + OTHER * behind, text)
    assert meets(OTHER * before + text + OTHER * behind, text)


@given(texts, st.floats(0, 1))
def test_an_excerpt(text, place):
    bare = letters(text)
    start = int((len(bare) - SHORTEST_PASSAGE) * place)
    excerpt = bare[start : start + SHORTEST_PASSAGE]
    assert is_copy(excerpt, text)
    assert meets(excerpt, text)


def test_pieces_of_several():
    originals = {1: letters(ENGLISH), 2: letters(OTHER)}
    mixed = letters(ENGLISH[:200] + OTHER[:200])
    found = compare(mixed, originals)
    assert found.is_copy
    assert found.share > 0.9


# --- What is none ------------------------------------------------------------------------------------------------


def test_another_text_on_the_same_topic():
    assert likeness(OTHER, ENGLISH) is None or likeness(OTHER, ENGLISH).share < 0.1
    assert not is_copy("层归一化对每个词元单独计算均值和方差，再用可学习的参数缩放和平移。", CHINESE)


def test_a_quotation():
    quoted = ENGLISH[:45]
    assert len(letters(quoted)) < SHORTEST_PASSAGE
    assert not is_copy(f"One handbook says: “{quoted}”. {OTHER}", ENGLISH)
    assert not is_copy(quoted, ENGLISH)
    assert not is_copy(OTHER + quoted, quoted)


@given(st.text(max_size=300), st.text(max_size=300))
def test_shared_letters_decide(one, other):
    assume(letters(one)[:LENGTH] and not shingles(letters(one)) & shingles(letters(other)))
    assert not is_copy(one, other)


# --- The small print ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["Yes.", "见上文", "It depends."])
def test_a_short_text_is_compared_whole(text):
    assert len(shingles(letters(text))) == 1
    assert is_copy(f"**{text}** ", text)
    assert not is_copy(f"{text} And no.", text)
    assert not is_copy(ENGLISH + text, text)


@pytest.mark.parametrize("text", ["", " \n", "![](a.png)", "<!-- -->"])
def test_nothing_is_like_nothing(text):
    assert shingles(letters(text)) == landmarks(letters(text)) == set()
    assert likeness(text, ENGLISH) is None


@pytest.mark.parametrize(("text", "bare"), [("42", "42"), ("3 < 4", "3<4"), ("**¿?**", "**¿?**")])
def test_where_there_are_no_letters_all_counts(text, bare):
    assert letters(text) == bare


@given(st.text())
def test_any_text_can_be_asked_about(text):
    bare = letters(text)
    assert landmarks(bare) <= shingles(bare)
    assert all(-(2**63) <= number(one) < 2**63 for one in shingles(bare))
    assert len(landmarks(bare)) <= len(bare) // STRIDE + 2


@pytest.mark.parametrize(
    "hostile", ["<a", "![", "](", "[](", "](a(", "https://", "\n", "- 1. ", "&#", "```", "第", "_", "一", "\ud800"]
)
def test_time_grows_with_length(hostile):
    """Twenty seconds, were any pattern to look ahead from every place."""
    letters(hostile * (400_000 // len(hostile)))
