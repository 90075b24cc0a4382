"""Questions as list items that are marked as such, with answers inside them or below the list."""

from collections import Counter

from questions.markdown.reading.forms.openers import by_openers


def heading_items(page):
    """`12. ### Why?`: the item is the unit, whatever follows it up to the next is its answer."""

    def opens(block):
        return (page.title(block), block.body) if block.level else None

    return by_openers(page, ("item",), opens)


def loose_items(page):
    """A list of one item, its answer below it without indentation, then the next list of one item, and so on."""
    lonely = _lonely(page.blocks)
    if len(lonely) < 2:
        return []
    marker = Counter(block.marker for block in lonely if page.title(block).asks) or Counter(b.marker for b in lonely)
    chosen = marker.most_common(1)[0][0]
    ids = {id(block) for block in lonely if block.marker == chosen}

    def opens(block):
        return (page.title(block), block.body) if id(block) in ids else None

    return by_openers(page, ("item",), opens)


def _lonely(blocks):
    """Items that are followed by text of the same container: their answers are not indented."""
    found = []
    for i, block in enumerate(blocks):
        if block.kind == "heading":
            found += _lonely(block.children)
        elif block.kind == "item" and not block.children and i + 1 < len(blocks):
            behind = blocks[i + 1]
            if behind.kind in ("text", "code", "quote", "table", "html", "details") or (
                behind.kind == "item" and behind.marker != block.marker
            ):
                found.append(block)
    return found
