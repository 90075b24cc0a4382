"""The bundled notes of both languages as the importer reads them, and findings about them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile
from pathlib import Path

from markdown_it import MarkdownIt

from questions.markdown.reading.notes import ParsedNotes, ParsedQuestion, read_notes

CONTENT = Path(__file__).resolve().parent.parent
LANGUAGES = ("zh-hans", "en")
SOURCES = {"zh-hans": "**参考**", "en": "**Sources**"}
MISTAKE = {"zh-hans": "**常见误区：**", "en": "**Common mistake"}

_parser = MarkdownIt("commonmark").enable("table")


@dataclass(order=True)
class Finding:
    file: str
    line: int
    message: str
    level: str = field(default="error", compare=False)  # or warning, which does not fail

    def __str__(self):
        return f"{self.file}:{self.line}: {self.level}: {self.message}"


@dataclass
class Entry:
    """One question with the `lines` of its answer as they stand in the file; `line` is the first of them, from 1."""

    question: ParsedQuestion
    language: str
    line: int
    lines: list[str]

    @property
    def key(self):
        return self.question.key

    @property
    def is_main(self):
        return self.question.parent is None

    @property
    def file(self):
        return f"content/{self.language}/{self.question.file}"

    @cached_property
    def text(self):
        return "\n".join(self.lines)

    @cached_property
    def blocks(self):
        """Block tokens of the answer; `token.map` counts from its first line."""
        return _parser.parse(self.text)

    @cached_property
    def prose(self):
        """The lines of the answer without its code and its sources, blank where those stood."""
        lines = list(takewhile(lambda line: line != SOURCES[self.language], self.lines))
        for block in self.fences:
            for i in range(block.map[0], min(block.map[1], len(lines))):
                lines[i] = ""
        return lines

    @cached_property
    def fences(self):
        return [block for block in self.blocks if block.type == "fence"]

    def finding(self, message, line=0, level="error"):
        """`line` counts from the answer's first, which is 0."""
        return Finding(self.file, self.line + line, f"{message} ({self.key})", level)


@dataclass
class Language:
    code: str
    files: dict[str, str]  # name → text
    notes: ParsedNotes

    @cached_property
    def entries(self) -> list[Entry]:
        return [self._entry(question) for question in self.notes.questions]

    @cached_property
    def by_key(self) -> dict[str, Entry]:
        return {entry.key: entry for entry in self.entries}

    def topic_key(self, question):
        return self.notes.topics[question.topic].key

    def parent_key(self, question):
        return "" if question.parent is None else self.notes.questions[question.parent].key

    def _entry(self, question):
        first, last = question.answer_lines or (question.line + 1, question.line)
        lines = self.files[question.file].split("\n")[first - 1 : last]
        return Entry(question, self.code, first, lines)


def read_languages() -> Iterator[Language]:
    for code in LANGUAGES:
        files = {path.name: path.read_text("utf-8") for path in sorted((CONTENT / code).glob("*.md"))}
        yield Language(code, files, read_notes(files))
