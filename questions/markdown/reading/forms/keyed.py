"""Canonical Markdown: headings with `{#key}`."""

import re

from questions.markdown.reading.entries import QUESTION, TOPIC, Entry, strip_blank_lines
from questions.markdown.reading.titles import read_title

# A heading of an answer that looks like a key of ours is written with a backslash before the brace.
_ESCAPED_KEY = re.compile(r"^( {0,3}#{1,6}[ \t].*)\\(\{[#.][^{}\n]*\}[ \t]*)$", re.M)


def keyed(page):
    """`{#key .topic}` is a topic, any other `{#key}` a question, and one below it a follow-up.

    Titles are taken as they are: a number in one belongs to it. Whatever stands between two keyed headings belongs to
    the first, headings without a key included.
    """
    found = [(block, title) for block in page.headings if (title := read_title(block.title, numbered=False)).key]
    ends = [*(block.start for block, _ in found[1:]), len(page.lines)]
    entries, stack = [], []
    for (block, title), end in zip(found, ends, strict=True):
        below = page.lines[block.body : end]
        role = TOPIC if "topic" in title.classes else QUESTION
        entry = Entry(role, title, block.start, end, _ESCAPED_KEY.sub(r"\1\2", strip_blank_lines(below)), [])
        if entry.answer and role == QUESTION:
            filled = [i for i, line in enumerate(below, block.body + 1) if line.strip()]
            entry.answer_lines = (filled[0], filled[-1])
        while stack and stack[-1][0] >= block.level:
            stack.pop()
        (stack[-1][1].children if stack else entries).append(entry)
        stack.append((block.level, entry))
    return entries
