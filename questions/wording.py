"""The words of a Markdown text: what counts when two texts are asked whether they say the same. Pure.

Blanks, punctuation and the marks of Markdown do not count; inside code, formulas and numbers every sign does.
"""

import re
import unicodedata
from dataclasses import dataclass
from hashlib import blake2b

CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
MARKS = set("|~`^$")  # signs that are Markdown's more often than the author's
# What reads the same: the wide forms of ASCII, the ideographic blank, dashes and minus.
NARROW = {0xFF01 + n: 0x21 + n for n in range(94)} | {0x3000: 0x20} | dict.fromkeys((0x2013, 0x2014, 0x2212), 0x2D)

# None of these may look for its end again and again: texts are long.
EXACT = re.compile(
    r"(?P<fence>`{3,}|~{3,})(?P<listing>.*?)(?P=fence)"
    r"|(?P<ticks>(?<!`)`{1,2}(?!`))(?P<code>(?:(?!\n[ \t]*\n).)*?)(?<!`)(?P=ticks)(?!`)"
    r"|\$\$(?P<display>.+?)\$\$"
    r"|(?<![\\$])\$(?=\S)(?P<formula>[^$\n]+)(?<![\s\\])\$(?!\d)"
    r"|\\\((?P<round>(?:(?!\\\(|\n).)*?)\\\)"
    r"|\\\[(?P<square>(?:(?!\\\[).)*?)\\\]",
    re.DOTALL,
)
SIGNS = re.compile(rf"[{CJK}]|(?:(?![{CJK}])\w)+|\S")
PROSE = re.compile(
    r"(?P<mark>^[ \t]*(?:(?:[>#*+-]+|\d{1,3}[.)、])[ \t]+)+|^[ \t]*[=*_-]{3,}[ \t]*$|&(?:nbsp|ensp|emsp);)"
    r"|(?P<number>(?:(?<![A-Za-z0-9_])[-−+±≈<>≤≥=$¥€£])?\d+(?:[.,:/×^~～–—−-]\d+)*[%％‰°]?)"
    rf"|(?P<word>[{CJK}]|(?:(?![{CJK}])[^\W_])+)"
    r"|(?P<sign>[^\w\s])",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Word:
    """Where it stands in the text, and what it is compared by. Exact ones stand in code or a formula."""

    start: int
    end: int
    key: str
    is_exact: bool


def words(text):
    """The Words of `text` that count, in order; one for each Chinese character."""
    found, end = [], 0
    for match in EXACT.finditer(text):
        found += _prose(text, end, match.start())
        start, end = match.span(match.lastgroup)
        found += (Word(*one.span(), one[0], True) for one in SIGNS.finditer(text, start, end))
        end = match.end()
    return found + _prose(text, end, len(text))


def digest(text):
    """The same for two texts that say the same."""
    return blake2b(_bare(text).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _prose(text, start, end):
    return [
        Word(*match.span(), match[0].translate(NARROW), False)
        for match in PROSE.finditer(text, start, end)
        if match.lastgroup in ("number", "word") or (match.lastgroup == "sign" and _counts(match[0]))
    ]


def _counts(sign):
    """Signs of mathematics and pictures say something, punctuation does not."""
    return sign not in MARKS and unicodedata.category(sign) in ("Sm", "So")


def _bare(text):
    """All words in a row: where two of them stand in prose they may be joined or parted, but never two numbers."""
    parts, before = [], None
    for word in words(text):
        if before and (word.is_exact or before.is_exact or (before.key[-1].isdigit() and word.key[0].isdigit())):
            parts.append("\0")
        parts.append(word.key)
        before = word
    return "".join(parts)
