import pytest

from content.checks import sources


def messages(languages):
    return [finding.message for finding in sources.findings(languages)]


@pytest.fixture
def cited(written):
    """What is found about these sources, in both languages."""

    def cite(*lines, zh_hans=None):
        listed, listed_zh = ("\n".join(f"- {line}" for line in some) for some in (lines, zh_hans or lines))
        return messages(written(zh_hans=f"它会变大。\n\n**参考**\n\n{listed_zh}", en=f"So.\n\n**Sources**\n\n{listed}"))

    return cite


FLASH = "[FlashAttention: Fast and Memory-Efficient](https://arxiv.org/abs/2205.14135) (Dao et al., 2022)"


@pytest.mark.parametrize(
    "line",
    [
        FLASH,
        "FlashAttention: Fast and Memory-Efficient, Dao et al., 2022, [arXiv:2205.14135](https://arxiv.org/abs/2205.14135)",
        "[PyTorch documentation](https://docs.pytorch.org/docs/stable/amp.html)",
        "[A paper of December](https://arxiv.org/abs/2112.10684) (Artetxe et al., 2022)",
    ],
)
def test_sources_as_they_should_be(cited, line):
    assert cited(line) == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("A paper of 2022", "A source without an address"),
        ("[A paper](https://arxiv.org/abs/2213.14135) (Dao et al., 2022)", "2213.14135 is no arXiv id"),
        ("[A paper](https://arxiv.org/abs/2205.1413) (Dao et al., 2022)", "2205.1413 is no arXiv id"),
        ("[A paper](https://arxiv.org/abs/2205.14135) (Dao et al.)", "A paper without its year"),
        ("[A paper](https://arxiv.org/abs/2205.14135) (Dao et al., 2024)", "is of 2022, and the year beside it 2024"),
        ("A, B, 2022, [arXiv:2205.14135](https://arxiv.org/abs/2205.14136)", "Two papers in one line"),
    ],
)
def test_sources_as_they_should_not_be(cited, line, said):
    found = cited(line)
    assert len(found) == 2
    assert said in found[0]


def test_more_than_four(cited):
    assert "5 sources, which should be 4 at most." in cited(*[f"[{i}](https://example.org/{i})" for i in range(5)])[0]


def test_a_short_title_is_the_same_paper(cited):
    assert cited(FLASH, zh_hans=["[FlashAttention](https://arxiv.org/abs/2205.14135)（Dao 等，2022）"]) == []


def test_two_titles_of_one_paper(cited):
    (message,) = cited(FLASH, zh_hans=["[RingAttention](https://arxiv.org/abs/2205.14135)（Dao 等，2022）"])
    assert "is “RingAttention” in content/zh-hans/memory.md" in message


def test_other_papers_in_the_other_language(cited):
    found = cited(FLASH, zh_hans=["[Mamba](https://arxiv.org/abs/2312.00752)（Gu 等，2023）"])
    assert found == ["Sources differ from content/en: 2205.14135, 2312.00752 (kv-cache)"]
