"""Questions as paragraphs: bold ones, ones with a label, ones with a number that is no Markdown list."""

import re
from dataclasses import replace

from questions.markdown.reading.forms.openers import by_openers
from questions.markdown.reading.titles import ANSWER_START, LABEL_START, read_title

_STRONG_LINE = re.compile(r"^[\W\d_]*?(?:\*\*|__|<b>|<strong>)(.+?)(?:\*\*|__|</b>|</strong>)[^\w]*$", re.S)
_STRONG_NUMBER = re.compile(r"^(?:\*\*|__)\s*(?:Q\s*)?\d+\s*[.、:：)）]", re.I)
_NUMBER = re.compile(r"^\s*(?:[（(]?\d{1,3}\s*[、．)）]|[（(]?[一二三四五六七八九十]{1,3}\s*[、．.)）])\s*\S")
_LONGEST = 1000


def strong(page):
    """`**Why?**` alone on its line."""

    def opens(block):
        if (
            block.kind != "text"
            or "*" not in block.title[:40]
            and "_" not in block.title[:8]
            and "<" not in block.title[:8]
        ):
            return None
        first, _, rest = block.title.partition("\n")
        if len(first) > _LONGEST:
            return None
        if _STRONG_LINE.match(first) and first.count("**") in (0, 2):
            return read_title(first), block.start + 1
        return None

    return by_openers(page, opens)


def strong_numbers(page):
    """`**1) Zebras.** Why stripes?`"""

    def opens(block):
        first = block.title[:_LONGEST].partition("\n")[0]
        if block.kind == "text" and _STRONG_NUMBER.match(first):
            return read_title(first), block.start + 1
        return None

    return by_openers(page, opens)


def labelled(page):
    """`Q: Why?`, `Question 1: …`, `问：…`; what follows is the answer, with a label of its own or without."""
    answered = False

    def opens(block):
        nonlocal answered
        if block.kind not in ("text", "item") or len(block.title) > 20 * _LONGEST:
            return None
        lines = block.title.split("\n")
        answered = answered or any(ANSWER_START.match(line) for line in lines)
        if not LABEL_START.match(lines[0]):
            return None
        taken = 1
        while taken < len(lines) and not _ends(lines[taken - 1]) and not ANSWER_START.match(lines[taken]):
            taken += 1
        body = block.start + taken if block.kind == "text" else block.body
        return replace(read_title(" ".join(lines[:taken])), is_labelled=True), body

    entries = by_openers(page, opens)
    _only_shown(page, entries, answered)
    return entries


def _ends(line):
    return line.rstrip(" *_").endswith(("?", "？", ".", "。", ":", "：")) or line.endswith(("  ", "\\"))


def _only_shown(page, entries, answered):
    """Where no answer is labelled and nothing but code follows the questions, the code is what they ask about."""
    told = [entry for root in entries for entry in root.walk() if entry.is_question]
    code = ("```", "~~~")
    if (
        answered
        or not told
        or not all(entry.answer.startswith(code) and entry.answer.endswith(code) for entry in told if entry.answer)
    ):
        return
    for entry in told:
        entry.before, entry.answer, entry.answer_lines = entry.answer, "", None


def numbered(page):
    """`一、为什么？` or `1、为什么？` as paragraphs, which Markdown does not take for a list."""

    def opens(block):
        if block.kind != "text" or not _NUMBER.match(block.title[:40]):
            return None
        first = block.title.partition("\n")[0]
        if len(first) > 200:
            return None
        return read_title(first), block.start + 1

    return by_openers(page, opens)
