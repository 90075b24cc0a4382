"""The arithmetic that answers state, worked out from first principles; a module of `arithmetic` a topic file.

A statement has the words that stand in every language and the value that they must have. Words that are gone fail as
well as a number that is off: whoever changes an answer changes its check.
"""

import importlib
import pkgutil
import re
from dataclasses import dataclass

from content.checks import arithmetic
from content.checks.figures import COUNTS, NUMBER, SUPERSCRIPTS, last_digit
from content.checks.notes import Finding

FIGURE = re.compile(
    rf"(?P<number>[-−]?{NUMBER})"
    r"(?:\s*(?:×|\\times)\s*10(?:\^\{?(?P<power>-?\d+)\}?|(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)))?"
    r"(?:\s*(?P<count>万亿|万|亿|thousand|million|billion|trillion))?"
)


@dataclass
class Check:
    """`words` of the answer to `key` hold a figure, its first; `value` is what it must be, in the unit it is said in.
    Millions and 万 are counted out.

    `zh` are the words in Chinese where they are others. `tolerance` is relative, for what is said to be about so much;
    without it the figure is held to its own digits.
    """

    key: str
    words: str
    value: float
    zh: str = ""
    tolerance: float = 0.0

    def said_in(self, language):
        return self.zh or self.words if language == "zh-hans" else self.words

    def agrees(self, words):
        said, step = figure(words)
        return abs(said - self.value) <= max(0.501 * step, self.tolerance * abs(self.value), 1e-9 * abs(self.value))


def figure(words):
    """The figure in `words` and what one more in its last digit is."""
    match = FIGURE.search(words)
    power = match["power"] or (match["raised"] or "0").translate(SUPERSCRIPTS)
    scale = 10.0 ** int(power) * COUNTS.get(match["count"], 1)
    number = match["number"].replace(",", "").replace("−", "-")
    return float(number) * scale, last_digit(number) * scale


def checks():
    """Every check with the module that holds it."""
    for module in pkgutil.iter_modules(arithmetic.__path__):
        yield from importlib.import_module(f"{arithmetic.__name__}.{module.name}").CHECKS


def count():
    return sum(1 for _ in checks())


def findings(languages):
    for language in languages:
        for check in checks():
            words = check.said_in(language.code)
            entry = language.by_key.get(check.key)
            if entry is None:
                readme = f"content/{language.code}/README.md"
                yield Finding(readme, 1, f"{check.key} is checked in content/checks, and is not there.")
            elif (line := line_of(words, entry)) is None:
                yield entry.finding(f"“{words}” no longer stands here: change the statement in content/checks too", -1)
            elif not check.agrees(words):
                yield entry.finding(f"“{words}” is {check.value:,.6g} when worked out", line)


def line_of(words, entry):
    """The line where `words` stand, not within a longer number."""
    standing = re.compile(rf"(?<![\d.,]){re.escape(words)}(?![.,]?\d)")
    return next((i for i, line in enumerate(entry.lines) if standing.search(line)), None)
