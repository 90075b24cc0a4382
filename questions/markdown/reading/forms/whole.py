"""One file a question: its title from front matter or its first heading, all the rest the answer."""

from questions.markdown.reading.answers import Finder, is_answer_label
from questions.markdown.reading.entries import question
from questions.markdown.reading.titles import read_title


def declared(page):
    """The page as the question that its front matter calls it; None if that does not."""
    named = page.matter.get("question")
    if isinstance(named, str) and (title := read_title(named)).text:
        return _question(page, title, 0, 0, page.blocks)
    return None


def whole(page):
    """The page as a single question, or nothing where its own form says otherwise."""
    if page.is_index_name:
        return []
    head = next((block for block in page.blocks if block.kind in ("heading", "item")), None)
    if head is None or head.kind == "item":
        title = read_title(str(page.matter.get("title") or ""))
        return [_question(page, title, 0, 0, page.blocks)] if title.asks else []
    if any(block.kind == "apart" for block in page.blocks):
        return []
    if sum(block.kind == "heading" for block in page.blocks) > 1 and not _only_labels(page, head):
        return []
    title = page.title(head)
    parts = [block for block in page.headings if block is not head]
    if title.asks or (parts and all(_is_part(page, block) for block in parts)):
        after = page.blocks[page.blocks.index(head) + 1 :]
        return [_question(page, title, head.start, head.body, head.children + after)]
    return []


def is_whole(entries, page):
    """Whether a page is one question and no more."""
    return len(entries) == 1 and entries[0].is_question and not entries[0].children and entries[0].end == page.length


def _question(page, title, start, body, blocks):
    end = page.length
    return question(title, start, end, Finder(page, blocks, body, end))


def _only_labels(page, head):
    rest = [block for block in page.blocks if block.kind == "heading" and block is not head]
    return all(_is_part(page, block) for block in rest)


def _is_part(page, block):
    """Whether a heading is a part of an answer: it says so, or stands in many files."""
    text = page.title(block).text
    return is_answer_label(text) or text.casefold() in page.recurring
