"""Reads figures as people write them: 2 × 32 × 8 × 128 × 2 B, 41 万, √(0.2 × 0.8 ÷ 20), $0.98^3$."""

import math
import re
from dataclasses import dataclass

NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[+-]?\d+)?"
COUNTS = {
    "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "万": 1e4, "亿": 1e8, "万亿": 1e12,
    "k": 1e3, "K": 1e3, "M": 1e6, "%": 0.01,
}  # fmt: skip
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
UNIT = (
    r"(?:[KMGTPE]i?)?(?:bytes?|bits?|FLOPS?|FLOPs|B|b)(?:/s)?|T|[µmn]?s|min|minutes?|hours?|days?|years?|seconds?"
    r"|tokens?|points?|k?Wh?|[GM]?Hz|字节|位|毫秒|微秒|秒|分钟|小时|天|年|度|美元|元|百分点|个|张|次|倍"
)
TOKEN = re.compile(
    rf"(?P<number>{NUMBER})"
    r"|(?P<count>万亿|亿|万|%|(?:thousand|million|billion|trillion|[kKM])(?![A-Za-z/]))"
    rf"|(?P<unit>(?:{UNIT})(?![A-Za-z]))"
    r"|(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)"
    r"|(?P<function>√|ln|log2)"
    r"|(?P<sign>[×*÷/+−–^()-])"
    r"|(?P<relation>[=≈])"
    r"|(?P<space>[ \t]+)"
    r"|(?P<other>.)",
    re.S,
)
FUNCTIONS = {"√": math.sqrt, "ln": math.log, "log2": math.log2}
PLAIN = [  # Markdown and LaTeX → what TOKEN knows
    (r"^\s*(?:[-*]|\d+\.)\s", ""),
    (r"[A-Za-z]_(?:\{[^{}]*\}|\w)", "x"),
    (r"\\(?:text|mathrm|operatorname)\s*\{([^{}]*)\}", r"\1"),
    (r"\\(?:times|cdot)\b", "×"),
    (r"\\div\b", "÷"),
    (r"\\(?:approx|simeq)\b", "≈"),
    (r"\\(?:left|right|[bB]ig[lr]?)(?![A-Za-z])", ""),
    (r"\{,\}", ","),
    (r"\\[,;! ]", " "),
    (r"\\%", "%"),
    (r"\\d?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r"((\1)/(\2))"),
    (r"\\sqrt\s*(?:\{([^{}]*)\}|(\d))", r"√(\1\2)"),
    (r"\\ln\b", "ln"),
    (r"\\log_2\b", "log2"),
    (r"\^\{([^{}]*)\}", r"^(\1)"),
    (r"\$|\*\*|`", " "),
]


def plain(line):
    """`line` without Markdown, and with the signs that TeX has names for."""
    for pattern, instead in PLAIN:
        line = re.sub(pattern, instead, line)
    return line


def tokens_of(text):
    return [match for match in TOKEN.finditer(text) if match.lastgroup != "space"]


@dataclass
class Figure:
    """Figures, signs and units that make one value."""

    words: str
    value: float
    units: frozenset[str]
    number: str = ""  # where it is just said, not worked out
    scale: float = 1.0  # of a million or a percent behind that number

    def step(self, rounded):
        """One more in its last digit. The zeros that a whole number ends in may be `rounded`."""
        return last_digit(self.number, rounded) * self.scale if self.number else 0.0


def last_digit(number, rounded=False):
    """What one more in the last digit of a written number is."""
    mantissa, _, power = number.replace(",", "").partition("e")
    whole, _, decimals = mantissa.partition(".")
    zeros = len(whole) - len(whole.rstrip("0")) if rounded and not decimals else 0
    return 10.0 ** (int(power or 0) - len(decimals) + zeros)


def figure(tokens):
    """The Figure that all of `tokens` make, or None."""
    reader = _Reader(tokens)
    try:
        value = reader.sum()
    except (_Unreadable, ZeroDivisionError, OverflowError, ValueError):
        return None
    if reader.left:
        return None
    kinds = {token.lastgroup for token in tokens}
    number = tokens[0][0] if kinds <= {"number", "count", "unit"} else ""
    words = tokens[0].string[tokens[0].start() : tokens[-1].end()]
    units = frozenset(token[0] for token in tokens if token.lastgroup == "unit")
    return Figure(words, value, units, number, reader.scale)


class _Unreadable(Exception):
    """What stands there is not arithmetic."""


class _Reader:
    """Sum → product → power → atom, from left to right."""

    def __init__(self, tokens):
        self.left = list(tokens)
        self.scale = 1.0

    def _take(self, kind, among=None):
        if self.left and self.left[0].lastgroup == kind and (among is None or self.left[0][0] in among):
            return self.left.pop(0)[0]
        return None

    def sum(self):
        value = self._product()
        while sign := self._take("sign", "+−–-"):
            value = value + self._product() if sign == "+" else value - self._product()
        return value

    def _product(self):
        value = self._power()
        while sign := self._take("sign", "×*÷/"):
            value = value * self._power() if sign in "×*" else value / self._power()
        return value

    def _power(self):
        value = self._atom()
        while True:
            if raised := self._take("raised"):
                value **= int(raised.translate(SUPERSCRIPTS))
            elif self._take("sign", "^"):
                value **= self._atom()
            elif count := self._take("count"):
                self.scale *= COUNTS[count]
                value *= COUNTS[count]
            elif not self._take("unit"):
                return value

    def _atom(self):
        if function := self._take("function"):
            return FUNCTIONS[function](self._power())
        if self._take("sign", "("):
            value = self.sum()
            if not self._take("sign", ")"):
                raise _Unreadable
            return value
        if self._take("sign", "−-"):
            return -self._power()
        if number := self._take("number"):
            return float(number.replace(",", ""))
        raise _Unreadable
