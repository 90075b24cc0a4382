"""The forms that note files come in: each turns the blocks of a file into entries; its structure decides which."""

from collections import Counter

from questions.markdown.reading.entries import QUESTION, TOPIC, Entry, read_answer, read_titles, strip_blank_lines
from questions.markdown.reading.titles import read_title


def read_entries(blocks, lines):
    """The entries of a file in the form that most of it has."""
    if any(block.kind == "heading" and "{#" in block.title for root in blocks for block in root.walk()):
        return keyed_headings(blocks, lines)
    return max(
        (details(blocks, lines), headings(blocks, lines), items(blocks, lines)),
        key=lambda entries: sum(_tells(entry) for root in entries for entry in root.walk()),
    )


def _tells(entry):
    """How much an entry speaks for the form that found it: 1 for a question or a linked note, little for a leaf."""
    if entry.is_question:
        return 1 if entry.title.asks else 0.1
    return float(entry.title.links_note)


def keyed_headings(blocks, lines):
    """Canonical Markdown: `{#key .topic}` is a topic, any other `{#key}` a question, and one below it a follow-up.

    Whatever stands between two keyed headings belongs to the first, headings without a key included.
    """
    every = [block for root in blocks for block in root.walk() if block.kind == "heading"]
    keyed = [(block, title) for block in every if (title := read_title(block.title)).key]
    entries, stack = [], []
    for (block, title), end in zip(keyed, [*(block.start for block, _ in keyed[1:]), len(lines)], strict=True):
        role = TOPIC if "topic" in title.classes else QUESTION
        entry = Entry(role, title, block.start, end, strip_blank_lines(lines[block.body : end]))
        while stack and stack[-1][0] >= block.level:
            stack.pop()
        (stack[-1][1].children if stack else entries).append(entry)
        stack.append((block.level, entry))
    return entries


def headings(blocks, lines):
    """Questions are the headings of one level; those above are topics, those below belong to answers."""
    every = [block for root in blocks for block in root.walk() if block.kind == "heading"]
    if not every:
        return []
    titles = dict(zip(map(id, every), read_titles(every), strict=True))
    asking = Counter(block.level for block in every if titles[id(block)].asks)
    leaves = Counter(block.level for block in every if not any(child.kind == "heading" for child in block.children))
    level = (asking or leaves).most_common(1)[0][0]
    return _headings_of(level, blocks, lines, titles)


def _headings_of(level, blocks, lines, titles):
    entries = []
    for block in blocks:
        if block.kind != "heading":
            continue
        title = titles[id(block)]
        below = [] if block.level >= level else _headings_of(level, block.children, lines, titles)
        if block.level == level or (title.asks and not below):
            answer = read_answer(lines[block.body : block.end])
            entries.append(Entry(QUESTION, title, block.start, block.end, answer))
        elif block.level < level and below:
            entries.append(Entry(TOPIC, title, block.start, block.end, "", below))
    return entries


def details(blocks, lines):
    """`<details><summary>Why?</summary>…</details>` is a question, the headings around are topics."""
    entries = []
    for block in blocks:
        title = read_titles([block])[0]
        if block.kind == "details" and title.text:
            answer = read_answer("\n".join(lines[block.start : block.end]).partition("</summary>")[2].split("\n"))
            answer = read_answer(answer.rpartition("</details>")[0].split("\n") if "</details>" in answer else [answer])
            entries.append(Entry(QUESTION, title, block.start, block.end, answer))
        elif block.kind == "heading":
            below = details(block.children, lines)
            if below:
                entries.append(Entry(TOPIC, title, block.start, block.end, "", below))
    return entries


def items(blocks, lines):
    """A list: what has text below it is a question, what has only items below it a topic unless it asks."""
    entries = []
    structure = [block for block in blocks if block.kind in ("item", "heading")]
    for block, title in zip(structure, read_titles(structure), strict=True):
        if not title.text:
            continue
        if block.kind == "heading":
            below = items(block.children, lines)
            if below:
                entries.append(Entry(TOPIC, title, block.start, block.end, "", below))
        elif title.links_note or (title.is_strong and title.href == ""):
            entries.append(Entry(TOPIC, title, block.start, block.end, "", items(block.children, lines)))
        elif block.has_text or _is_answer(title, block):
            answer = read_answer(lines[block.body : block.end])
            entries.append(Entry(QUESTION, title, block.start, block.end, answer))
        else:
            role = QUESTION if title.asks or not block.children else TOPIC
            entries.append(Entry(role, title, block.start, block.end, "", items(block.children, lines)))
    return entries


def _is_answer(title, block):
    """Whether the items below a question are its answer: most of them ask nothing, and none is a task of its own."""
    if not (block.children and title.asks) or title.is_task:
        return False
    below = read_titles(block.children)
    return sum(child.asks for child in below) * 2 < len(below)
