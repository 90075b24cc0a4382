"""Each answer can be drawn: formulas, links, headings, fences with a name, no stars that were meant to be bold."""

import re

from content.checks.notes import Finding
from questions.linting import lint
from questions.markdown.render import formulas, render

CODE = re.compile(r"<(code|math)\b.*?</\1>", re.S)
KEY_LINK = re.compile(r"\]\((?!https?:)[^)\s#]*#([^)\s]+)\)")


def count_formulas(language):
    return sum(1 for entry in language.entries for _ in formulas(entry.text))


def findings(languages):
    for language in languages:
        for problem in lint(language.files, (), language.notes):
            yield Finding(f"content/{language.code}/{problem.file}", problem.line, problem.message)
        for entry in language.entries:
            yield from _unnamed_fences(entry)
            yield from _stray_stars(entry)
            yield from _dead_keys(entry, language)


def _unnamed_fences(entry):
    for block in entry.fences:
        if not block.info.strip():
            yield entry.finding("A code fence without a language: write ```text if it has none.", block.map[0])


def _stray_stars(entry):
    if "**" in entry.text and "**" in CODE.sub("", render(entry.text)):
        yield entry.finding("Stars are seen on the page: “**” that does not open or close bold text.")


def _dead_keys(entry, language):
    for i, line in enumerate(entry.prose):
        for key in KEY_LINK.findall(line):
            if key not in language.by_key:
                yield entry.finding(f"The link to #{key} leads nowhere: there is no such key.", i)
