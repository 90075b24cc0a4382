"""Every case of cases/*.md: notes as people write them, and the outline that should come of them.

A case is a heading, the files between rows of five tildes with their names behind, and last the outline. One line a
question: its topics, its title, the line it stands on; below it `< ` the question it follows up, `? ` what it shows
before it is answered, `| ` its answer, `! ` for problems. To turn a bug report into a case, paste the notes and what
you expect.
"""

import re
from pathlib import Path

import pytest

from questions.markdown.reading.notes import read_notes

_BLOCK = re.compile(r"^~{5} ?(.*)\n((?:(?!~{5}).*\n)*)~{5}$", re.M)


def cases():
    for path in sorted((Path(__file__).parent / "cases").glob("*.md")):
        for part in re.split(r"^# (?=.*\n\n~{5})", path.read_text("utf-8"), flags=re.M)[1:]:
            name = part.partition("\n")[0]
            blocks = _BLOCK.findall(part)
            files = {title: text for title, text in blocks if title != "outline"}
            yield pytest.param(files, dict(blocks)["outline"], id=f"{path.stem}: {name}")


def outline(notes):
    lines = []
    for question in notes.questions:
        lines.append(f"{' / '.join(question.trail)}: {question.title} @{question.file}:{question.line}")
        if question.parent is not None:
            lines.append(f"  < {notes.questions[question.parent].title}")
        lines += [f"  ? {line}".rstrip() for line in question.text.split("\n") if question.text]
        lines += [f"  | {line}".rstrip() for line in question.answer.split("\n") if question.answer]
    lines += [f"! {problem.file}:{problem.line} {problem.message}" for problem in notes.problems]
    return "".join(f"{line}\n" for line in lines)


@pytest.mark.parametrize(("files", "expected"), list(cases()))
def test_case(files, expected):
    assert outline(read_notes(files)) == expected


@pytest.mark.parametrize(("files", "expected"), list(cases()))
def test_lines_of_a_case(files, expected):
    """The lines of a question and of its answer lie in its file, and the answer below its title."""
    for question in read_notes(files).questions:
        last = files[question.file].count("\n") + 1
        assert 1 <= question.line <= question.end_line <= last
        if question.answer_lines:
            first, behind = question.answer_lines
            assert question.line <= first <= behind <= question.end_line
