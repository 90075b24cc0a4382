"""Questions as `<details><summary>Why?</summary>…</details>`."""

from questions.markdown.reading.answers import clean, is_show_label
from questions.markdown.reading.folds import inside_of
from questions.markdown.reading.forms.openers import by_openers
from questions.markdown.reading.titles import read_summary


def details(page):
    """Every summary that is more than "Show" is a question, the headings around are topics."""

    def opens(block):
        if is_show_label(block.title):
            return None
        return read_summary(block.title)[0], block.body

    return by_openers(page, ("details",), opens, find_answer=lambda block: _answer(page, block))


def _answer(page, block):
    answer = clean(inside_of(block, page.lines), block.body)
    answer.before = read_summary(block.title)[1]
    return answer
