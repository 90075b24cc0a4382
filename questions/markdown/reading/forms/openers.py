"""What the forms share in which a question runs from what opens it to what opens the next."""

from questions.markdown.reading.answers import Finder
from questions.markdown.reading.entries import question, topic


def by_openers(page, kinds, opens, find_answer=None):
    """Questions begin at the blocks of `kinds` for which `opens(block)` gives (title, line of its text).

    Headings are sections. Each question goes on to the next one or to a heading as high as those that hold questions.
    With `find_answer(block)` it is what is in its own block and no more.
    """
    found = {}
    for block in page.of(*kinds):
        opened = opens(block)
        if opened and opened[0].text:
            found[id(block)] = opened
    if not found:
        return []
    flat = []
    _flatten(page.blocks, found, flat)
    lowest = _lowest_section(page.blocks, found)
    borders = [i for i, block in enumerate(flat) if id(block) in found or _may_end(block, lowest)]
    entries, sections = [], []
    for n, i in enumerate(borders):
        block = flat[i]
        if id(block) not in found:
            while sections and sections[-1][0] >= block.level:
                sections.pop()
            if block.kind == "heading":
                sections.append((block.level, block, None))
            continue
        title, body = found[id(block)]
        if find_answer:
            entry = question(title, block.start, block.end, lambda block=block: find_answer(block))
        else:
            behind = borders[n + 1] if n + 1 < len(borders) else len(flat)
            end = flat[behind].start if behind < len(flat) else len(page.lines)
            inside = [*(block.children if block.kind == "item" else ()), *flat[i + 1 : behind]]
            entry = question(title, block.start, end, Finder(page, inside, body, end))
        _shelf(page, sections, entries).append(entry)
    return entries


def _may_end(block, lowest):
    return block.level <= lowest and block.kind in ("heading", "apart")


def _flatten(blocks, found, flat):
    """Every block in order, headings before what is below them; of what is inside items only where questions open."""
    for block in blocks:
        flat.append(block)
        if block.kind == "heading":
            _flatten(block.children, found, flat)
        elif block.kind == "item" or (block.kind == "details" and id(block) not in found):
            inside = []
            _flatten(block.children, found, inside)
            if any(id(child) in found for child in inside):
                flat += inside


def _lowest_section(blocks, found):
    """The level of the lowest headings that hold questions."""
    lowest = 0

    def holds(block):
        nonlocal lowest
        held = id(block) in found
        for child in block.children:
            held = holds(child) or held
        if held and block.kind == "heading" and id(block) not in found:
            lowest = max(lowest, block.level)
        return held

    for block in blocks:
        holds(block)
    return lowest


def _shelf(page, sections, entries):
    """Where to put a question: the children of the section that is open, made when the first question comes."""
    shelf = entries
    for i, (level, block, made) in enumerate(sections):
        if made is None and page.title(block).text:
            made = topic(page.title(block), block, [])
            sections[i] = (level, block, made)
            shelf.append(made)
        shelf = made.children if made else shelf
    return shelf
