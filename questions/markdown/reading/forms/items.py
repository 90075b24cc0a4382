"""Questions as items of nested lists, with answers inside or without."""

from questions.markdown.reading.answers import Answer, Finder, clean, is_placeholder
from questions.markdown.reading.entries import question, topic

_SHOWN = ("code", "table", "quote", "item")  # what a question that ends with a colon only goes on with


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


class _Items:
    def __init__(self, page):
        self.page = page
        items = page.of("item")
        answered = sum(block.has_text for block in items)
        self.answers = answered * 5 > sum(page.title(block).asks for block in items)
        self.lists_pages = page.is_index_name and any(
            page.leads_to_note(page.title(block)) for block in items if "](" in block.title
        )

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
        if not title.text or is_placeholder(title.text):
            return None
        if title.links_note or (title.is_strong and title.href == "") or self.page.leads_to_note(title):
            return topic(title, block, self.read(block.children))
        if not block.children:
            if not (title.asks or title.is_task) and (title.is_link or self.lists_pages):
                return None
            return question(title, block.start, block.end)
        run = self._structure(block)
        if run:
            children = self.read(run)
            if title.asks:
                inside = block.children[: len(block.children) - len(run)]
                answer = Finder(self.page, inside, block.body, run[0].start)
                return question(title, block.start, block.end, answer, children)
            return topic(title, block, children)
        if block.has_text or self._shows(title, block) or self._is_answer(title, block):
            return self._answered(block, title)
        children = self.read(block.children)
        if title.asks or (not children and not title.is_link):
            return question(title, block.start, block.end, children=children)
        return topic(title, block, children) if children else None

    def _answered(self, block, title):
        if title.text.endswith((":", "：")) and all(child.kind in _SHOWN for child in block.children):
            return question(
                title,
                block.start,
                block.end,
                lambda: Answer(before=clean(self.page.lines[block.body : block.end], block.body).text),
            )
        return question(title, block.start, block.end, Finder(self.page, block.children, block.body, block.end))

    def _structure(self, block):
        """The last items in an item if most of them are questions themselves, whatever stands before them."""
        run = []
        for child in reversed(block.children):
            if child.kind != "item" or (run and child.marker != run[0].marker):
                break
            run.append(child)
        run.reverse()
        return run if run and sum(map(self._is_structure, run)) * 2 > len(run) else []

    def _is_structure(self, block):
        """Whether an item is a question with an answer, or a section of such."""
        if block.has_text:
            return self.page.title(block).asks
        below = block.items
        return bool(below) and sum(map(self._is_structure, below)) * 2 > len(below)

    def _shows(self, title, block):
        """Whether a question with a colon only goes on in the items below it."""
        return title.text.endswith((":", "：")) and title.asks and not any(child.items for child in block.items)

    def _is_answer(self, title, block):
        """Whether the items below a question are its answer: most ask nothing, none is a task.

        In a file that has no other answers they are questions that follow it up.
        """
        if not self.answers or not title.asks or title.is_task or any(child.has_text for child in block.items):
            return False
        titles = [self.page.title(child) for child in block.walk() if child is not block and child.kind == "item"]
        return not any(child.is_task for child in titles) and sum(child.asks for child in titles) * 2 < len(titles)
