"""Questions as items of nested lists, with answers inside or without."""

from questions.markdown.reading.answers import answer_below, clean
from questions.markdown.reading.entries import question, topic


def items(page):
    """What has text below it is a question, what has only items below it a topic unless it asks."""
    if not any(block.kind == "item" for root in page.blocks for block in _lists(root)):
        return []
    return _Items(page).read(page.blocks)


def _lists(block):
    yield block
    if block.kind == "heading":
        for child in block.children:
            yield from _lists(child)


def _answered(blocks):
    """Whether any of the items has text below it, however deep."""
    return any(child.has_text or _answered(child.items) for child in blocks)


class _Items:
    def __init__(self, page):
        self.page = page

    def read(self, blocks):
        structure = [block for block in blocks if block.kind in ("item", "heading")]
        entries = []
        for block, title in zip(structure, self.page.titles(structure), strict=True):
            entry = self._heading(block, title) if block.kind == "heading" else self._item(block, title)
            if entry:
                entries.append(entry)
        return entries

    def _heading(self, block, title):
        below = self.read(block.children)
        if below and title.text:
            return topic(title, block, below)
        return None

    def _item(self, block, title):
        if not title.text:
            return None
        if title.links_note or (title.is_strong and title.href == "") or self.page.leads_to_note(title):
            return topic(title, block, self.read(block.children))
        if not block.children:
            if (title.is_link and not title.asks) or (self.page.is_index_name and not self._sure(title)):
                return None
            return question(title, block.start, block.end)
        below = [child for child in block.children if child.kind == "item"]
        if block.has_text and not self._heads_section(block, title, below):
            return question(title, block.start, block.end, answer_below(self.page, block.children, block.body, block.end))
        if self._is_answer(title, below):
            if title.text.endswith((":", "：")):
                asked = question(title, block.start, block.end)
                asked.before = clean(self.page.lines[block.body : block.end], block.body).text
                return asked
            return question(title, block.start, block.end, answer_below(self.page, block.children, block.body, block.end))
        children = self.read(block.children)
        if title.asks or (not children and not title.is_link):
            return question(title, block.start, block.end, children=children)
        return topic(title, block, children) if children else None

    def _sure(self, title):
        return title.asks or title.is_task

    def _heads_section(self, block, title, below):
        """Whether an item with text is a section nevertheless: it asks nothing, the items in it have answers of their own."""
        return not title.asks and len(below) > 1 and sum(child.has_text for child in below) * 2 > len(below)

    def _is_answer(self, title, below):
        """Whether the items below a question are its answer: most ask nothing, none is a task or has an answer."""
        if not below or not title.asks or title.is_task or _answered(below):
            return False
        titles = self.page.titles(below)
        return not any(child.is_task for child in titles) and sum(child.asks for child in titles) * 2 < len(titles)
