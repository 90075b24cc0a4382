"""What the forms share in which a question runs from what opens it to what opens the next."""

from questions.markdown.reading.answers import answer_below
from questions.markdown.reading.entries import question, topic


def by_openers(page, opens, closed=False):
    """Questions begin at the blocks for which `opens(block)` gives (title, line of its text); headings are sections.

    Each goes on to the next one or to a heading as high as those that hold questions. If `closed`, it is what is in
    its own block and no more.
    """
    flat, found = [], {}
    _flatten(page.blocks, opens, flat, found)
    if not found:
        return []
    lowest = _lowest_section(page.blocks, found)
    borders = [
        i
        for i, block in enumerate(flat)
        if id(block) in found or (block.kind in ("heading", "apart") and block.level <= lowest)
    ]
    entries, sections = [], []
    for n, i in enumerate(borders):
        block = flat[i]
        behind = borders[n + 1] if n + 1 < len(borders) else len(flat)
        end = flat[behind].start if behind < len(flat) else len(page.lines)
        if id(block) not in found:
            while sections and sections[-1][0] >= block.level:
                sections.pop()
            if block.kind == "heading":
                sections.append((block.level, block, None))
            continue
        title, body = found[id(block)]
        if closed:
            entry = question(title, block.start, block.end, answer_below(page, [block], block.start, block.end))
        else:
            inside = (block.children if block.kind == "item" else []) + flat[i + 1 : behind]
            entry = question(title, block.start, end, answer_below(page, inside, body, end))
        _shelf(page, sections, entries).append(entry)
    return entries


def _flatten(blocks, opens, flat, found):
    """Every block in order, headings before what is below them; into items only where questions open inside."""
    for block in blocks:
        opened = opens(block)
        if opened and opened[0].text:
            found[id(block)] = opened
        flat.append(block)
        if block.kind == "heading":
            _flatten(block.children, opens, flat, found)
        elif block.kind in ("item", "details") and not opened or block.kind == "item" and block.items:
            inside, known = [], len(found)
            _flatten(block.children, opens, inside, found)
            if len(found) > known:
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
