from content.checks import form

WHOLE = """{first}

{middle}

**Common mistake:** to forget that it grows.

**Sources**

- [A paper](https://arxiv.org/abs/2205.14135) (Dao et al., 2022)
"""


def messages(languages):
    return [finding.message for finding in form.findings(languages[1:])]


def whole(first="It grows with every token.", middle="word " * 200):
    return WHOLE.format(first=first, middle=middle)


def test_an_answer_with_all_its_parts(written):
    assert messages(written(en=whole())) == []


def test_a_first_paragraph_that_is_too_long(written):
    (message,) = messages(written(en=whole(first="word " * 81)))
    assert message.startswith("The first paragraph has 81 words, which should be 80 at most")


def test_an_answer_without_mistake_sources_or_length(written):
    found = messages(written(en="It grows."))
    assert [message.split(":")[0] for message in found] == [
        "No paragraph begins with **Common mistake",
        "No **Sources**",
        "2 words, which should be 200 to 900. (kv-cache)",
    ]


def test_a_follow_up_needs_neither(written):
    assert messages(written(en=f"{whole()}\n\n### And then? {{#kv-then difficulty=1}}\n\nIt grows.")) == []


def test_an_empty_section(written):
    (message,) = messages(written(en=whole() + "\n\n### Details\n\n### More\n\nMuch."))
    assert message.startswith("Nothing stands below “### Details”")


def test_a_comment_in_code_is_no_section(written):
    code = "```python no-run\nprint(1)\n# 1\n# 2\n```"
    assert messages(written(en=whole(middle=f"{code}\n\n{'word ' * 200}"))) == []


def test_a_question_without_answer_or_difficulty(written):
    found = messages(written(en="## Empty {#kv-empty}\n\n## What then? {#kv-full}\n\nIt grows."))
    assert any(message.startswith("No answer") for message in found)
    assert any(message.startswith("No difficulty") for message in found)


def test_words_as_each_language_counts_them():
    assert form.words("KV cache takes $2Lhd$ bytes, about 1.5 GB") == 8
    assert form.words("KV 缓存占 131,072 字节") == 7
    assert form.words("读 [LoRA 论文](https://arxiv.org/abs/2106.09685)") == 4
