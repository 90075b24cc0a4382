"""Telling a formula from prices, shell variables and escaped brackets."""

import re

LONGEST = 5_000  # characters; what is longer is no formula, and could exhaust the converter's stack

CHINESE = r"[\u3000-\u9fff\uff00-\uffef]"
TEX = re.compile(r"\\[A-Za-z{}|,;!\\]|\^|_\{")
PRICE = re.compile(rf"\d[\d.,]*(?:\s*[kKmMbB]?\s*/?{CHINESE}|\s+[A-Za-z]{{2}})")
WORD = re.compile(rf"[A-Za-z]{{2}}|{CHINESE}")
SENTENCE = re.compile(rf"\s[A-Za-z]{{2}}|[A-Za-z]{{2}}\s|{CHINESE}")


def is_formula(tex: str, before: str, after: str) -> bool:
    """Whether `$tex$` between these two characters is meant as one: `$n$`, not what `$5 and $6` has between."""
    if not tex.strip() or len(tex) > LONGEST:
        return False
    if TEX.search(tex):
        return True
    if after.isdigit() or PRICE.match(tex):
        return False
    if tex[0].isspace() and tex[-1].isspace():
        return not re.search(r"[A-Za-z]{2}\s+[A-Za-z]{2}", tex)
    if tex[0].isspace() or tex[-1].isspace():
        return not before.isdigit() and not SENTENCE.search(tex.strip())
    return not (WORD.search(tex) and (_is_word(after) or _is_word(before)))


def is_bracketed_formula(tex: str) -> bool:
    r"""Whether `\(tex\)` or `\[tex\]` is one, not a word with its brackets escaped, `\[1\]` or `\[CLS\]`."""
    if not tex.strip() or len(tex) > LONGEST:
        return False
    return bool(TEX.search(tex) or re.search(r"[=<>+]", tex) or re.fullmatch(r"\s*[A-Za-z]\s*", tex))


def _is_word(char: str) -> bool:
    return char.isascii() and char.isalnum()
