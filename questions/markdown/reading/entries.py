"""One thing that a file says: a topic or a question, with what stands below it."""

import re
import textwrap
from dataclasses import dataclass, field

from questions.markdown.reading.titles import Title, drop_bare_numbers, read_title

TOPIC, QUESTION = "topic", "question"

_WRAPPER = re.compile(r"^\s*</?(?:aside|div|center|p|b|br|strong|span)\s*/?>\s*$|^\s*💡\s*$", re.I)
_PLACEHOLDER = re.compile(
    r"^(?:todo|tbd|wip|\.{2,}|…+|answer(?:here)?[:：]?|clickfortheanswer|clickherefortheanswer"
    r"|答案?[:：]?|待补充|待更新|略|暂无|点击查看答案)"
    r"[.。!！]?$",
    re.I,
)
_BACK_TO_TOP = re.compile(
    r"^\W*(?:\[\W*)?(?:back to (?:the )?top|返回(?:顶部|目录)|回到顶部|↑|⬆)[^\n]{0,40}(?:\]\(#[^)]*\))?\W*$", re.I
)


@dataclass
class Entry:
    """`start` and `end` are lines of the file, counted from 0; `answer` is Markdown, "" where there is none."""

    role: str
    title: Title
    start: int
    end: int
    answer: str = ""
    children: list["Entry"] = field(default_factory=list)

    @property
    def is_question(self):
        return self.role == QUESTION

    def walk(self):
        yield self
        for child in self.children:
            yield from child.walk()


def read_titles(blocks):
    """The titles of neighbours, whose numbering is judged together."""
    titles = [read_title(block.title) for block in blocks]
    texts = drop_bare_numbers([title.text for title in titles])
    return [
        title if title.text == text else Title(**{**title.__dict__, "text": text})
        for title, text in zip(titles, texts, strict=True)
    ]


def read_answer(lines):
    """The Markdown of an answer out of the lines below its title; "" if they only look like one."""
    kept = [line for line in textwrap.dedent("\n".join(lines)).split("\n") if not _BACK_TO_TOP.match(line)]
    while kept and (not kept[0].strip() or _WRAPPER.match(kept[0])):
        kept.pop(0)
    while kept and (not kept[-1].strip() or _WRAPPER.match(kept[-1]) or re.fullmatch(r"\s*[-*_]{3,}\s*", kept[-1])):
        kept.pop()
    text = textwrap.dedent("\n".join(line for line in kept if not re.fullmatch(r"\s*</?aside>\s*", line, re.I)))
    bare = re.sub(r"<[^<>]*>|[\s*_>#-]", "", text)
    if _PLACEHOLDER.match(bare) or not (bare or "<img" in text):
        return ""
    return text.strip("\n")


def strip_blank_lines(lines):
    """The text of `lines` without blank lines around it; indentation stays, it may be code."""
    kept = list(lines)
    while kept and not kept[0].strip():
        kept.pop(0)
    while kept and not kept[-1].strip():
        kept.pop()
    return "\n".join(kept)
