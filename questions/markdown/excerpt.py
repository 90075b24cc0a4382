"""The first words of stored HTML, for those who list a page: plain, and cheap enough for every view."""

import re
from html import unescape

LENGTH = 150  # characters; of Chinese, search engines show about half of that
LOOKED_AT = 6_000  # characters of HTML
BLOCK = re.compile(r"<(p|li|h[3-6]|dd)\b[^>]*>(.*?)</\1>", re.S)
FORMULA = re.compile(r"<math\b.*?<annotation[^>]*>(.*?)</annotation>.*?</math>", re.S)
LEFT_OUT = re.compile(r"<sup\b.*?</sup>|<a class=\"anchor\".*?</a>", re.S)
TAG = re.compile(r"<[^<>]*>")


def excerpt(html: str) -> str:
    """Words from the start of `html`, which our renderer made; formulas as their TeX."""
    words = ""
    for match in BLOCK.finditer(html[:LOOKED_AT]):
        text = TAG.sub("", LEFT_OUT.sub("", FORMULA.sub(r"\1", match[2])))
        words = " ".join(f"{words} {unescape(text)}".split())
        if len(words) >= LENGTH // 2:
            break
    return words if len(words) <= LENGTH else _cut(words)


def _cut(words):
    """At the end of a word, where there are words between blanks."""
    head = words[: LENGTH - 1]
    before, blank, rest = head.rpartition(" ")
    return (before if blank and len(rest) < 30 else head).rstrip(" ,;:，；：、") + "…"
