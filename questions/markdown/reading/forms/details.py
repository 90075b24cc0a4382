"""Questions as `<details><summary>Why?</summary>…</details>`."""

from questions.markdown.reading.answers import clean, is_show_label
from questions.markdown.reading.folds import inside_of
from questions.markdown.reading.forms.openers import by_openers
from questions.markdown.reading.titles import read_summary


def details(page):
    """Every summary that is more than "Show" is a question, the headings around are topics."""

    shown = {}

    def opens(block):
        if is_show_label(block.title):
            return None
        title, shown[id(block)] = read_summary(block.title)
        return title, block.body

    def find_answer(block):
        answer = clean(inside_of(block, page.lines), block.body)
        answer.before = shown[id(block)]
        return answer

    return by_openers(page, ("details",), opens, find_answer)
