"""Works out the arithmetic that the notes write down in figures: 2 × 32 × 8 × 128 × 2 B = 131,072 B.

An equation counts where both sides are figures, signs and units only. Each `=` and `≈` is held to the digits of the
side with fewer of them; a unit on a side (GB, ms) leaves its power of ten open, and what else it may have been turned
from, because answers turn bytes into GB and seconds into hours along the way.
"""

import math
import re
from dataclasses import dataclass
from functools import cache

from content.checks.notes import Entry

NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
UNITS = {
    "": 1,
    "%": 0.01,
    "k": 1e3, "K": 1e3, "M": 1e6, "万": 1e4, "亿": 1e8, "万亿": 1e12,
    "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
}  # fmt: skip
# Units that may be turned into others on the way. What they count does not matter, only that they are there.
LOOSE = re.compile(
    r"(?:T|(?:[KMGTPE]i?)?(?:B|b|bit|bytes?|FLOPS?|FLOPs?|FLOP)(?:/s)?|[µmnu]?s|min|minutes?|hours?|days?|seconds?|bits?"
    r"|bytes?|字节|位|秒|分钟|小时|天|毫秒|微秒|美元|元|个|张|次|倍|token|tokens|W|kW|kWh|Hz|GHz|MHz|度|年|years?|百分点|points?)(?![A-Za-z])"
)
LATEX = [
    (r"^\s*(?:[-*]|\d+\.)\s", ""),
    (r"[A-Za-z]_(?:\{[^{}]*\}|\w)", "x"),
    (r"\\(?:text|mathrm|operatorname)\s*\{([^{}]*)\}", r"\1"),
    (r"\\(?:times|cdot)\b", "×"),
    (r"\\div\b", "÷"),
    (r"\\(?:approx|simeq)\b", "≈"),
    (r"\\(?:left|right|big|Big|bigl|bigr)(?![A-Za-z])", ""),
    (r"\{,\}", ","),
    (r"\\[,;! ]", " "),
    (r"\\%", "%"),
    (r"\\d?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r"((\1)/(\2))"),
    (r"\\sqrt\s*\{([^{}]*)\}", r"√(\1)"),
    (r"\\sqrt\s*(\d)", r"√\1"),
    (r"\\ln\b", "ln"),
    (r"\\log_2\b", "log2"),
    (r"\^\{([^{}]*)\}", r"^(\1)"),
    (r"\$", " "),
]
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
TOKEN = re.compile(
    rf"(?P<number>(?:{NUMBER})(?:e[+-]?\d+)?)"
    r"|(?P<unit>万亿|亿|万|%|(?:thousand|million|billion|trillion|[kKM])(?![A-Za-z/]))"
    rf"|(?P<loose>{LOOSE.pattern})"
    r"|(?P<super>[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)"
    r"|(?P<function>√|ln|log2)"
    r"|(?P<sign>[×*÷/+−–^()-])"
    r"|(?P<relation>[=≈])"
    r"|(?P<space>[ \t]+)"
    r"|(?P<other>.)",
    re.S,
)
POWERS_OF_TEN = [10.0**i for i in range(-18, 19)]
TURNED = [  # what may have been turned into what, where such a unit stands
    (re.compile(r"[KMGTPE]iB"), [1024.0**i for i in range(-4, 5)]),
    (re.compile(r"bit|位|[KMGT]b"), [1, 8, 1 / 8]),
    (
        re.compile(r"hour|day|year|min|分钟|小时|天|年"),
        [1, *(f**i for f in (60, 3600, 86400, 24, 365) for i in (1, -1))],
    ),
]


class Unreadable(Exception):
    """What stands there is not arithmetic."""


@dataclass
class Side:
    """One side of an equation, worked out."""

    words: str
    value: float
    step: float  # of its last digit; 0 where it is worked out and not just said
    units: frozenset[str]


@dataclass
class Equation:
    entry: Entry
    offset: int
    left: Side
    right: Side
    exact: bool

    @property
    def holds(self):
        return any(self._agree(self.left.value * factor) for factor in _factors(self.left.units | self.right.units))

    def _agree(self, left):
        right = self.right
        if not left or not right.value:
            return left == right.value
        scale = left / self.left.value
        slack = 0.51 * right.step + 0.51 * self.left.step * scale + 1e-9 * abs(right.value)
        return abs(left - right.value) <= slack


@cache
def _factors(units):
    """By what the two sides may differ, given the units that stand in them."""
    if not units:
        return {1.0}
    factors = set(POWERS_OF_TEN)
    for unit, turns in TURNED:
        if unit.search(" ".join(units)):
            factors = {factor * turn for factor in factors for turn in turns}
    return factors


def equations(entry):
    """Every equation of an answer whose two sides are figures."""
    for i, line in enumerate(entry.prose):
        for part in re.split(r"\s\|\s|(?<!\d),(?!\d)|[，；。：:;]", readable(line)):
            yield from _equations(entry, i, part)


def readable(line):
    for pattern, plain in LATEX:
        line = re.sub(pattern, plain, line)
    return re.sub(r"\*\*|`", " ", line)


def _equations(entry, offset, text):
    tokens = [match for match in TOKEN.finditer(text) if match.lastgroup != "space"]
    runs, run = [], []
    for token in tokens:
        if token.lastgroup in ("relation", "other"):
            runs += [run, token]
            run = []
        else:
            run.append(token)
    runs.append(run)
    for i in range(1, len(runs) - 1, 2):
        if runs[i].lastgroup == "relation":
            left = None if _reaches_over(runs[: i - 1], -1) else _last_side(runs[i - 1])
            right = None if _reaches_over(runs[i + 2 :], 0) else _first_side(runs[i + 1])
            if left and right and (_is_worked(left) or _is_worked(right)):
                yield Equation(entry, offset, left, right, runs[i][0] == "=")


def _reaches_over(runs, end):
    """Whether the product goes on across words: 64 pieces × 16,384 on average × 131,072."""
    for run in runs if end == 0 else reversed(runs):
        if isinstance(run, re.Match):
            if run.lastgroup == "relation":
                return False
        elif run:
            return run[end].lastgroup == "sign" and run[end][0] in "×*÷/+−"
    return False


def _is_worked(side):
    return side.step == 0


def _last_side(tokens):
    """The longest end of `tokens` that can be worked out, unless a sign before it ties it to what cannot."""
    for i in range(len(tokens)):
        side = _side(tokens[i:])
        if side:
            return None if i and _ties(tokens[i - 1], tokens[i]) else side
    return None


def _ties(before, first):
    """Whether what stands before a side belongs to it: a sign, or a factor without one."""
    if first[0] == "(" and before.lastgroup in ("number", "unit", "super"):
        return True
    return before.lastgroup in ("sign", "function") and before[0] != "("


def _first_side(tokens):
    for i in range(len(tokens), 0, -1):
        side = _side(tokens[:i])
        if side:
            tied = i < len(tokens) and tokens[i].lastgroup in ("sign", "super", "number") and tokens[i][0] not in "()–-"
            return None if tied else side
    return None


def _side(tokens):
    try:
        reader = _Reader(tokens)
        value = reader.sum()
        if reader.rest():
            return None
    except (Unreadable, ZeroDivisionError, OverflowError, ValueError):
        return None
    worked = any(token.lastgroup in ("sign", "super", "function") for token in tokens)
    units = frozenset(token[0] for token in tokens if token.lastgroup == "loose")
    words = tokens[0].string[tokens[0].start() : tokens[-1].end()]
    return Side(words, value, 0 if worked else _step(tokens[0][0], reader.scale), units)


def _step(number, scale):
    """What one more in the last digit of a number is; the zeros that an integer ends in may be rounding."""
    mantissa, _, exponent = number.replace(",", "").partition("e")
    decimals = len(mantissa.partition(".")[2])
    zeros = len(mantissa) - len(mantissa.rstrip("0")) if "." not in mantissa else 0
    return 10.0 ** (zeros - decimals + int(exponent or 0)) * scale


class _Reader:
    """Sum → product → power → atom, from left to right."""

    def __init__(self, tokens):
        self.tokens = list(tokens)
        self.scale = 1.0

    def rest(self):
        return self.tokens

    def _take(self, group, among=None):
        if self.tokens and self.tokens[0].lastgroup == group and (among is None or self.tokens[0][0] in among):
            return self.tokens.pop(0)[0]
        return None

    def sum(self):
        value = self.product()
        while sign := self._take("sign", "+−–-"):
            value = value + self.product() if sign == "+" else value - self.product()
        return value

    def product(self):
        value = self.power()
        while sign := self._take("sign", "×*÷/"):
            value = value * self.power() if sign in "×*" else value / self.power()
        return value

    def power(self):
        value = self.atom()
        while True:
            if raised := self._take("super"):
                value **= int(raised.translate(SUPERSCRIPTS))
            elif self._take("sign", "^"):
                value **= self.atom()
            elif unit := self._take("unit"):
                self.scale *= UNITS[unit]
                value *= UNITS[unit]
            elif not self._take("loose"):
                return value

    def atom(self):
        if function := self._take("function"):
            return {"√": math.sqrt, "ln": math.log, "log2": math.log2}[function](self.power())
        if self._take("sign", "("):
            value = self.sum()
            if not self._take("sign", ")"):
                raise Unreadable
            return value
        if self._take("sign", "−-"):
            return -self.power()
        if number := self._take("number"):
            return float(number.replace(",", ""))
        raise Unreadable


def findings(found):
    for equation in found:
        if not equation.holds:
            sign = "=" if equation.exact else "≈"
            got = _figures(equation.left.value), _figures(equation.right.value)
            message = f"“{equation.left.words} {sign} {equation.right.words}” does not hold: {got[0]} and {got[1]}"
            yield equation.entry.finding(message, equation.offset)


def _figures(value):
    return f"{value:,.6g}" if abs(value) < 1e6 else f"{value:.6g}"
