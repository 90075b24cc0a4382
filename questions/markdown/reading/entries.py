"""One thing that a file says: a topic or a question, with what stands below it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from questions.markdown.reading.titles import Title

TOPIC, QUESTION = "topic", "question"


@dataclass(slots=True)
class Entry:
    """`start` and `end` are lines of the file, counted from 0; `answer` is Markdown, "" where there is none."""

    role: str
    title: Title
    start: int
    end: int
    answer: str = ""
    children: Sequence["Entry"] = ()
    find_answer: Callable | None = None  # gives the Answer; called only in the form that is chosen
    answer_lines: tuple | None = None  # first and last, counted from 1
    before: str = ""  # what the question shows before it is answered
    file: object = None  # where it stands, if not in the file being read
    folder: str = ""  # of an index: the folder that it links to

    @property
    def is_question(self):
        return self.role == QUESTION

    def settle(self):
        """Finds the answer."""
        if self.find_answer:
            answer = self.find_answer()
            self.answer, self.answer_lines, self.before = answer.text, answer.lines, answer.before
            self.find_answer = None

    def walk(self):
        yield self
        for child in self.children:
            yield from child.walk()


def topic(title, block, children):
    return Entry(TOPIC, title, block.start, block.end, "", children)


def question(title, start, end, find_answer=None, children=()):
    return Entry(QUESTION, title, start, end, children=children, find_answer=find_answer)


def strip_blank_lines(lines):
    """The text of `lines` without blank lines around it; indentation stays, it may be code."""
    kept = list(lines)
    while kept and not kept[0].strip():
        kept.pop(0)
    while kept and not kept[-1].strip():
        kept.pop()
    return "\n".join(kept)
