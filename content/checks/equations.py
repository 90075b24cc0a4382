"""Works out the equations that the notes write in figures: 2 × 32 × 8 × 128 × 2 B = 131,072 B.

Both sides are figures, signs and units only. The side that is just said is held to its digits. A unit (GB, ms) leaves
open which power of ten, and what it was turned from: answers turn bytes into GB and seconds into hours on the way.
"""

import re
from dataclasses import dataclass
from functools import cache

from content.checks.figures import Figure, figure, plain, tokens_of
from content.checks.notes import Entry

PARTS = re.compile(r"\s\|\s|(?<!\d),(?!\d)|[，；。：:;]")
TURNED = [  # a unit, and by what it may have been turned besides powers of ten
    (r"[KMGTPE]iB", [1024.0**i for i in range(-4, 5)]),
    (r"bit|位|[KMGT]b", [1, 8, 1 / 8]),
    (r"hour|day|year|min|分钟|小时|天|年", [1, *(f**i for f in (60, 3600, 86400, 24, 365) for i in (1, -1))]),
]


@dataclass
class Equation:
    entry: Entry
    offset: int  # of its line in the answer
    left: Figure
    right: Figure
    sign: str  # = or ≈

    @property
    def holds(self):
        return any(self._agrees(factor) for factor in _factors(self.left.units | self.right.units))

    def _agrees(self, factor):
        rounded = self.sign == "≈"
        slack = self.right.step(rounded) + self.left.step(rounded) * factor
        return abs(self.left.value * factor - self.right.value) <= 0.51 * slack + 1e-9 * abs(self.right.value)


@cache
def _factors(units):
    """By what the two sides may differ, given the units that stand in them."""
    factors = {10.0**i for i in range(-18, 19)} if units else {1.0}
    for unit, turns in TURNED:
        if re.search(unit, " ".join(units)):
            factors = {factor * turn for factor in factors for turn in turns}
    return factors


def equations(entry):
    """Every equation of an answer whose two sides are figures, one of them worked out."""
    for i, line in enumerate(entry.prose):
        for part in PARTS.split(plain(line)):
            for left, sign, right in _pairs(_runs(tokens_of(part))):
                if left and right and not (left.number and right.number):
                    yield Equation(entry, i, left, right, sign)


def _runs(tokens):
    """Lists of tokens that may make a figure, and between them the tokens that divide them."""
    runs = [[]]
    for token in tokens:
        if token.lastgroup in ("relation", "other"):
            runs += [token, []]
        else:
            runs[-1].append(token)
    return runs


def _pairs(runs):
    for i in range(1, len(runs), 2):
        if runs[i].lastgroup == "relation":
            left = None if _goes_on(reversed(runs[: i - 1]), -1) else _last_figure(runs[i - 1])
            right = None if _goes_on(runs[i + 2 :], 0) else _first_figure(runs[i + 1])
            yield left, runs[i][0], right


def _goes_on(runs, end):
    """Whether a product goes on across words: 64 pieces × 16,384 on average × 131,072."""
    for run in runs:
        if not isinstance(run, list):
            if run.lastgroup == "relation":
                return False
        elif run:
            return run[end].lastgroup == "sign" and run[end][0] in "×*÷/+−"
    return False


def _last_figure(tokens):
    """What the longest end of `tokens` makes, unless what stands before ties it to something unknown."""
    for i in range(len(tokens)):
        if found := figure(tokens[i:]):
            return None if i and _ties(tokens[i - 1], tokens[i]) else found
    return None


def _ties(before, first):
    if first[0] == "(":
        return before.lastgroup in ("number", "count", "raised", "sign", "function")
    return before.lastgroup in ("sign", "function") and before[0] != "("


def _first_figure(tokens):
    for i in range(len(tokens), 0, -1):
        if found := figure(tokens[:i]):
            is_tied = i < len(tokens) and tokens[i].lastgroup in ("sign", "raised", "number")
            return None if is_tied and tokens[i][0] not in "()–-" else found
    return None


def findings(found):
    for equation in found:
        if not equation.holds:
            left, right = equation.left, equation.right
            message = (
                f"“{left.words} {equation.sign} {right.words}” does not hold: {left.value:,.6g}, {right.value:,.6g}"
            )
            yield equation.entry.finding(message, equation.offset)
