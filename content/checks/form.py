"""Each answer has its parts: a short first paragraph, the common mistake, sources, a difficulty, a fair length."""

import re

from content.checks.notes import MISTAKE, SOURCES, Finding

FIRST = {"zh-hans": 150, "en": 80}  # words of the first paragraph, at most
LENGTH = {"zh-hans": (300, 1500), "en": (200, 900)}  # words of a main question's answer
# One Chinese character is a word, and so is a Latin word or a number.
WORD = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff](?:[^\W\u3400-\u9fff]|[-.,'’/%^](?=[^\W\u3400-\u9fff]))*")
FORMULA = re.compile(r"\$\$.+?\$\$|\$[^$\n]+?\$|`[^`\n]+`", re.S)
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
DIFFICULTIES = (1, 2, 3)


def words(text):
    """How many words a reader meets in `text`: formulas and code in a line count as one each."""
    return len(WORD.findall(FORMULA.sub(" x ", LINK.sub(r"\1", text))))


def length(entry):
    """Words of an answer without code and sources."""
    return words("\n".join(entry.prose))


def first_paragraph(entry):
    return "\n".join(entry.lines).strip().split("\n\n")[0]


def findings(languages):
    for language in languages:
        for entry in language.entries:
            yield from _every(entry)
            if entry.is_main:
                yield from _main(entry)
        yield from _empty_topics(language)


def _every(entry):
    if not entry.text.strip():
        yield entry.finding("No answer: write one.", -1)
        return
    most = FIRST[entry.language]
    if (count := words(first_paragraph(entry))) > most:
        yield entry.finding(f"The first paragraph has {count} words, which should be {most} at most: move some down.")
    if entry.question.difficulty not in DIFFICULTIES:
        yield entry.finding("No difficulty: write difficulty=1, 2 or 3 after its key.", -1)
    yield from _empty_sections(entry)


def _main(entry):
    if not any(line.startswith(MISTAKE[entry.language]) for line in entry.lines):
        yield entry.finding(f"No paragraph begins with {MISTAKE[entry.language]}: say what is often got wrong.")
    if SOURCES[entry.language] not in entry.lines:
        yield entry.finding(f"No {SOURCES[entry.language]}: name the papers or documents that it rests on.")
    least, most = LENGTH[entry.language]
    if not least <= (count := length(entry)) <= most:
        yield entry.finding(f"{count} words, which should be {least} to {most}.")


def _empty_sections(entry):
    """Headings, and the label of the sources, that nothing follows before the next one or the end."""
    tops = [block for block in entry.blocks if not block.level and block.nesting >= 0]
    for block, following in zip(tops, [*tops[1:], None], strict=True):
        line = entry.lines[block.map[0]].strip()
        is_label = block.type == "heading_open" or line == SOURCES[entry.language]
        if is_label and (following is None or following.type == "heading_open"):
            yield entry.finding(f"Nothing stands below “{line}”: fill it or take it out.", block.map[0])


def _empty_topics(language):
    topics = language.notes.topics
    filled = {question.topic for question in language.notes.questions}
    filled |= {topic.parent for topic in topics}
    for i, topic in enumerate(topics):
        if i not in filled:
            yield Finding(f"content/{language.code}/{topic.file}", topic.line, f"{topic.key} has no questions.")
