"""Questions as `<details><summary>Why?</summary>…</details>`."""

from questions.markdown.reading.answers import clean, is_show_label
from questions.markdown.reading.entries import question
from questions.markdown.reading.folds import inside_of
from questions.markdown.reading.forms.openers import by_openers
from questions.markdown.reading.titles import read_summary


def details(page):
    """Every summary that is more than "Show" is a question, the headings around are topics."""
    kept = {}

    def opens(block):
        if block.kind != "details" or is_show_label(block.title):
            return None
        kept[block.start] = block
        return read_summary(block.title)[0], block.body

    entries = by_openers(page, opens, closed=True)
    for entry in (entry for root in entries for entry in root.walk() if entry.is_question):
        block = kept[entry.start]
        answer = clean(inside_of(block, page.lines), block.body)
        answer.before = read_summary(block.title)[1]
        fresh = question(entry.title, entry.start, entry.end, answer)
        entry.answer, entry.answer_lines, entry.before = fresh.answer, fresh.answer_lines, fresh.before
    return entries
