"""Tells the authors of notes what will not work: links, pictures, formulas, headings, answers, titles. Pure."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from markdown_it import MarkdownIt

from questions.markdown.code import language_of
from questions.markdown.reading.notes import ParsedNotes, Problem
from questions.markdown.reading.titles import normalise, read_title
from questions.markdown.render import formula_problems
from questions.surroundings import ELSEWHERE, Surroundings

_parser = MarkdownIt("commonmark").enable("table")
_parser.validateLink = lambda url: True  # a link that leads nowhere is to be named, not to be text


def lint(files: dict[str, str], pictures, notes: ParsedNotes) -> list[Problem]:
    """Problems of `files` (path → text) beside which `pictures` (paths) stand, and of the `notes` read from them."""
    around = Surroundings("/", "", frozenset(files), dict.fromkeys(pictures, ("/", 0, 0)))
    tokens = {name: _parser.parse(text) for name, text in files.items()}
    anchors = {name: {normalise(title) for _, _, title in _headings(tokens[name])} for name in files}
    problems = list(notes.problems)
    for name, text in files.items():
        problems += _heading_jumps(name, tokens[name])
        problems += _references(name, tokens[name], around, anchors)
        problems += _diagrams(name, tokens[name])
        problems += [
            Problem("error", name, line, f"The formula {tex!r} cannot be drawn: {why}.")
            for line, tex, why in formula_problems(text)
        ]
    problems += _empty_answers(notes)
    problems += _repeated_titles(notes)
    return sorted(problems, key=lambda problem: (problem.file, problem.line, problem.message))


def _headings(tokens) -> Iterator[tuple[int, int, str]]:
    """Line from 1 on, level and title of each heading."""
    for token, inline in pairwise(tokens):
        if token.type == "heading_open":
            yield token.map[0] + 1, int(token.tag[1]), read_title(inline.content).text


def _heading_jumps(name, tokens):
    before = 0
    for line, level, title in _headings(tokens):
        if before and level > before + 1:
            yield Problem("warning", name, line, f"From a heading of level {before} to one of level {level}: {title}")
        before = level


def _references(name, tokens, around, anchors):
    link, image = around.link_from(name), around.image_from(name)
    for block in tokens:
        for token in block.children or ():
            line = block.map[0] + 1 if block.map else 0
            if token.type == "link_open":
                href = token.attrs["href"]
                if not ELSEWHERE.match(href) and href not in ("", "#"):
                    yield from _broken_link(name, line, href, link(href), anchors)
            elif (
                token.type == "image" and not ELSEWHERE.match(token.attrs["src"]) and image(token.attrs["src"]) is None
            ):
                yield Problem("error", name, line, f"The picture {token.attrs['src']} is not there.")


def _broken_link(name, line, href, found, anchors):
    if found is None:
        yield Problem("error", name, line, f"The link {href} leads nowhere.")
        return
    path, _, anchor = href.partition("#")
    if anchor and not path and normalise(anchor) not in anchors[name]:
        yield Problem("warning", name, line, f"No heading here is called #{anchor}.")


def _diagrams(name, tokens):
    for token in tokens:
        if token.type == "fence" and language_of(token.info).lower() == "mermaid":
            message = "A Mermaid diagram is shown as its source. Draw it as an SVG file beside the note, and show that."
            yield Problem("warning", name, token.map[0] + 1, message)


def _empty_answers(notes):
    parents = {question.parent for question in notes.questions}
    for i, question in enumerate(notes.questions):
        if not question.answer and i not in parents:
            yield Problem("warning", question.file, question.line, f"No answer: {question.title}")


def _repeated_titles(notes):
    places = defaultdict(list)
    for question in notes.questions:
        places[question.topic, normalise(question.title)].append(question)
    for first, *others in places.values():
        for other in others:
            message = f"This title stands already in {first.file}, line {first.line}: {other.title}"
            yield Problem("warning", other.file, other.line, message)
