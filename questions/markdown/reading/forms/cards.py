"""Questions as flash cards, a line each (`Why?::Because.`), and as terms of definition lists (`: ` below them)."""

import re

from questions.markdown.reading.answers import Answer, clean
from questions.markdown.reading.entries import question, topic
from questions.markdown.reading.titles import read_title

_CARD = re.compile(r"^\s*(?:[-*+]\s+)?([^\s:`][^`]{0,500}?)(\s*):::?(\s*)(?=[^\s:])")
_TOLD = re.compile(r"^ {0,3}:[ \t]+(?=\S)")
FEWEST = 3  # of one file: fewer are chance


def cards(page):
    """Every line of a paragraph is a card; `std::sort` is none, for it asks nothing and has no blanks around."""
    return _enough(_below(page.blocks, page, _cards))


def definitions(page):
    """A line, and below it lines that begin with a colon."""
    return _enough(_below(page.blocks, page, _definition))


def _enough(entries):
    return entries if sum(each.is_question for root in entries for each in root.walk()) >= FEWEST else []


def _below(blocks, page, read):
    entries = []
    for block in blocks:
        if block.kind == "heading":
            found = _below(block.children, page, read)
            if found and page.title(block).text:
                entries.append(topic(page.title(block), block, found))
        elif block.kind == "text" or (block.kind == "item" and not block.children):
            entries += read(block, page.lines)
    return entries


def _cards(block, lines):
    entries = []
    for line in range(block.start, block.end):
        card = _CARD.match(lines[line])
        title = read_title(card.group(1)) if card else None
        if not title or not title.text or not (title.asks or (card.group(2) and card.group(3))):
            return []
        answer = Answer(lines[line][card.end() :].strip(), (line + 1, line + 1))
        entries.append(question(title, line, line + 1, lambda answer=answer: answer))
    return entries


def _definition(block, lines):
    told = lines[block.start + 1 : block.end]
    title = read_title(lines[block.start])
    if block.kind != "text" or not told or not title.text or not _TOLD.match(told[0]):
        return []
    texts = [_TOLD.sub("", line) for line in told]
    return [question(title, block.start, block.end, lambda: clean(texts, block.start + 1))]
