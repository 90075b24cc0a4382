"""Questions as paragraphs: bold ones, ones with a label, ones with a number that is no Markdown list."""

import re
from dataclasses import replace

from questions.markdown.reading.forms.openers import by_openers
from questions.markdown.reading.titles import ANSWER_START, LABEL_START, read_title

_LONGEST = 1000
_MAY_BE_STRONG = re.compile(r"^[^\w]{0,8}(?:\d{1,3}[.、)]\s*)?[^\w]{0,8}(?:\*\*|__|<b>|<strong>)")
_STRONG_LINE = re.compile(r"^[\W\d_]*?(?:\*\*|__|<b>|<strong>)(.+?)(?:\*\*|__|</b>|</strong>)[^\w]*$", re.S)
_STRONG_NUMBER = re.compile(r"^(?:\*\*|__)\s*(?:Q\s*)?\d+\s*[.、:：)）]", re.I)
_NUMBER = re.compile(r"^\s*(?:[（(]?\d{1,3}\s*[、．)）]|[（(]?[一二三四五六七八九十]{1,3}\s*[、．.)）])\s*\S")


def strong(page):
    """`**Why?**` alone on its line."""

    def opens(block):
        if not _MAY_BE_STRONG.match(block.title):
            return None
        first = block.title.partition("\n")[0]
        if len(first) > _LONGEST or first.count("**") not in (0, 2) or not _STRONG_LINE.match(first):
            return None
        return read_title(first), block.start + 1

    return by_openers(page, ("text",), opens)


def strong_numbers(page):
    """`**1) Zebras.** Why stripes?`"""

    def opens(block):
        if not _STRONG_NUMBER.match(block.title):
            return None
        return read_title(block.title.partition("\n")[0]), block.start + 1

    return by_openers(page, ("text",), opens)


def labelled(page):
    """`Q: Why?`, `Question 1: …`, `问：…`; what follows is the answer, with a label of its own or without."""

    def opens(block):
        if not LABEL_START.match(block.title[:100]):
            return None
        lines = block.title[: 20 * _LONGEST].split("\n")
        taken = 1
        while taken < len(lines) and not _ends(lines[taken - 1]) and not ANSWER_START.match(lines[taken]):
            taken += 1
        body = block.start + taken if block.kind == "text" else block.body
        return replace(read_title(" ".join(lines[:taken])), is_labelled=True), body

    entries = by_openers(page, ("text", "item"), opens)
    if entries and not any(_answers(block) for block in page.of("text", "item")):
        _only_shown(entries)
    return entries


def _ends(line):
    return line.rstrip(" *_").endswith(("?", "？", ".", "。", ":", "：")) or line.endswith(("  ", "\\"))


def _answers(block):
    return any(ANSWER_START.match(line[:40]) for line in block.title[: 20 * _LONGEST].split("\n"))


def _only_shown(entries):
    """Where no answer is labelled and nothing but code follows the questions, the code is what they ask about."""
    told = [entry for root in entries for entry in root.walk() if entry.is_question]
    for entry in told:
        entry.settle()
    if all(
        entry.answer.startswith(("```", "~~~")) and entry.answer.endswith(("```", "~~~"))
        for entry in told
        if entry.answer
    ):
        for entry in told:
            entry.before, entry.answer, entry.answer_lines = entry.answer, "", None


def numbered(page):
    """`一、为什么？` or `1、为什么？` as paragraphs, which Markdown does not take for a list."""

    def opens(block):
        if not _NUMBER.match(block.title[:40]):
            return None
        first = block.title.partition("\n")[0]
        return (read_title(first), block.start + 1) if len(first) <= 200 else None

    return by_openers(page, ("text",), opens)
