"""All words of stored HTML, for search: plain, a block a line, formulas as their TeX."""

import re
from html import unescape

FORMULA = re.compile(r"<math\b.*?<annotation[^>]*>(.*?)</annotation>.*?</math>", re.S)
LEFT_OUT = re.compile(r"<a class=\"anchor\".*?</a>", re.S)
INLINE = r"(?:a|abbr|b|code|del|em|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|u|var)\b"
INLINE_TAG = re.compile(rf"</?{INLINE}[^<>]*>")
TAG = re.compile(r"<[^<>]*>")


def bare(html: str) -> str:
    """The words of `html`, which our renderer made."""
    if not html:
        return ""
    html = FORMULA.sub(r"\1", LEFT_OUT.sub("", html)) if "<math" in html or 'class="anchor"' in html else html
    text = unescape(TAG.sub("\n", INLINE_TAG.sub("", html)))
    return "\n".join(filter(None, map(str.strip, text.split("\n"))))
