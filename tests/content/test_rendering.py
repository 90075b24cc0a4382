import pytest

from content.checks import rendering


def messages(languages):
    return [finding.message for finding in rendering.findings(languages[1:])]


def test_what_can_be_drawn(written):
    assert messages(written(en="$2Lhd$ bytes, **bold**, `a ** b`.\n\n```text\n**\n```")) == []


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (r"It takes $\frac{1}{$ bytes.", "cannot be drawn"),
        ("See [there](gone.md).", "leads nowhere"),
        ("See [there](memory.md#kv-gone).", "there is no such key"),
        ("```\nx\n```", "A code fence without a language"),
        ("It is ** bold** here.", "Stars are seen on the page"),
    ],
)
def test_what_cannot(written, answer, said):
    assert any(said in message for message in messages(written(en=answer)))


def test_a_link_to_a_key(written):
    assert messages(written(en="See [this](memory.md#kv-cache).")) == []


def test_formulas_are_counted(written):
    assert rendering.count_formulas(written(en="$a$ and $b$\n\n$$\nc\n$$")[1]) == 3
