"""What of a heading or list item is its title."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.markdown.reading.titles import drop_bare_numbers, normalise, read_title


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("1. Why?", "Why?"),
        ("1.1 什么是 LoRA？", "什么是 LoRA？"),
        ("4.1.1 为什么需要前缀微调？", "为什么需要前缀微调？"),
        ("Q1: Why?", "Why?"),
        ("Q: Why?", "Why?"),
        ("1、为什么？", "为什么？"),
        ("（1）为什么？", "为什么？"),
        ("一、为什么？", "为什么？"),
        ("三、 适配器微调特点是什么？", "适配器微调特点是什么？"),
        ("第三章 注意力", "注意力"),
        ("i. Why?", "Why?"),
        ("a. Why?", "Why?"),
        ("一、1. 为什么？", "为什么？"),
        ("[x] 1. 目前 主流的开源模型体系 有哪些？", "目前 主流的开源模型体系 有哪些？"),
        ("[ ] **[大模型（LLMs）基础面](./大模型（LLMs）基础面.md)**", "大模型（LLMs）基础面"),
        ("💡 **Why?**", "Why?"),
        ("What is `a_b_c` **for**?", "What is a_b_c for?"),
        ("snake_case_name and 2*3*4", "snake_case_name and 2*3*4"),
        ("AT&amp;T \\*star\\*", "AT&T *star*"),
        ("<a name='x'></a>Why?", "Why?"),
        ("1) Why stripes? [[src](https://x.org/a_(b))]", "Why stripes?"),
        ("2. Why stripes? [[src]](https://x.org/a)", "Why stripes?"),
        ("[[↑]](#toc) Questions about stripes", "Questions about stripes"),
        ("⭐️ 什么是 JVM？", "什么是 JVM？"),
        ("What is regression? 👶", "What is regression?"),
        (":star: Zebras", "Zebras"),
        ("# 1. INTRODUCTION", "INTRODUCTION"),
        ("面试官：说说你对闭包的理解", "说说你对闭包的理解"),
        ("Q4 Why?", "Why?"),
        ("Chapter 5. Math", "Math"),
        ("[E] What is a norm?", "What is a norm?"),
        ("[[zebras|All about zebras]]", "All about zebras"),
        # numbers that belong to the title
        ("3 worst mistakes?", "3 worst mistakes?"),
        ("2-FA?", "2-FA?"),
        ("4K video?", "4K video?"),
        ("7B 模型需要多少显存？", "7B 模型需要多少显存？"),
        ("3.5 和 4 有什么区别？", "和 4 有什么区别？"),  # indistinguishable from a section number
        ("痛点1：切分粒度", "痛点1：切分粒度"),
        ("I. Newton", "Newton"),
    ],
)
def test_title(source, title):
    assert read_title(source).text == title


def test_attributes():
    title = read_title("Why? {#stripes .topic difficulty=2}")
    assert (title.text, title.key, title.classes, title.attributes) == (
        "Why?",
        "stripes",
        frozenset({"topic"}),
        {"difficulty": "2"},
    )


@pytest.mark.parametrize("text", ["What is {}?", "A set {a, b}", "f{x}"])
def test_braces_that_are_no_attributes_stay(text):
    assert read_title(text).text == text


@pytest.mark.parametrize(
    ("href", "links"),
    [
        ("a.md", True),
        ("a%20b.md", True),
        ("https://x.org/a.md", False),
        ("#part", False),
        ("", False),
        ("a.png", False),
    ],
)
def test_links_to_notes(href, links):
    assert read_title(f"[Zebras]({href})").links_note is links


def test_bare_numbers_go_where_neighbours_count_on():
    assert drop_bare_numbers(["1-1 Why", "1-2 How", "2-1 Where"]) == ["Why", "How", "Where"]
    assert drop_bare_numbers(["1 Why", "How"], alone=True) == ["Why", "How"]
    assert drop_bare_numbers(["1 Why", "2 How", "4 Where"]) == ["Why", "How", "Where"]
    assert drop_bare_numbers(["3 worst mistakes?", "How"]) == ["3 worst mistakes?", "How"]


@given(st.text())
def test_any_text_has_a_title_and_a_normal_form(text):
    assert "\n" not in read_title(text).text
    assert normalise(normalise(text)) == normalise(text)
