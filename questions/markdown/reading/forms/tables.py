"""Questions as rows of a table with a column for questions and perhaps one for answers."""

import re

from questions.markdown.reading.answers import Answer
from questions.markdown.reading.entries import question, topic
from questions.markdown.reading.titles import read_title

_CELL = re.compile(r"(?<!\\)\|")
_QUESTIONS = re.compile(r"^\W*(?:questions?|interview\s+questions?|问题|题目|面试题)\W*$", re.I)
_ANSWERS = re.compile(r"^\W*(?:answers?|solutions?|答案|回答|解答|参考答案)\W*$", re.I)


def tables(page):
    return _below(page.blocks, page)


def _below(blocks, page):
    entries = []
    for block in blocks:
        if block.kind == "table":
            entries += _rows(block, page.lines)
        elif block.kind == "heading":
            found = _below(block.children, page)
            if found and page.title(block).text:
                entries.append(topic(page.title(block), block, found))
    return entries


def _rows(block, lines):
    head = _cells(lines[block.start])
    asked = next((i for i, cell in enumerate(head) if _QUESTIONS.match(cell)), None)
    told = next((i for i, cell in enumerate(head) if _ANSWERS.match(cell)), None)
    if asked is None:
        return []
    entries = []
    for line in range(block.start + 2, block.end):
        cells = _cells(lines[line])
        title = read_title(cells[asked]) if asked < len(cells) else None
        if title and title.text:
            text = cells[told].strip() if told is not None and told < len(cells) else ""
            answer = Answer(text, (line + 1, line + 1) if text else None)
            entries.append(question(title, line, line + 1, lambda answer=answer: answer))
    return entries


def _cells(line):
    return [cell.strip() for cell in _CELL.split(line.strip().strip("|"))]
