r"""Formulas within a line, `$…$`, `$$…$$`, `\(…\)`, `\[…\]`, taken before Markdown sees their `_ * \ | <`."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from questions.markdown.mathml import formula
from questions.markdown.tex import LONGEST, is_bracketed_formula, is_formula

# Possessive, so that what never closes is read once and not once more for every character.
DOLLARS = re.compile(r"\$((?:[^$\\]|\\.)++)\$", re.DOTALL)
DOUBLE_DOLLARS = re.compile(r"\$\$((?:[^$\\]|\\.|\$(?!\$))++)\$\$", re.DOTALL)
CLOSING = {"(": r"\)", "[": r"\]"}


def math_spans(md: MarkdownIt) -> None:
    md.inline.ruler.before("escape", "math_dollars", dollars)
    md.inline.ruler.before("escape", "math_brackets", brackets)
    md.add_render_rule("math_inline", lambda _r, tokens, index, *_: formula(tokens[index].content, False))
    md.add_render_rule("math_display", lambda _r, tokens, index, *_: formula(tokens[index].content, True))


def dollars(state: StateInline, silent: bool) -> bool:
    src, pos = state.src, state.pos
    if src[pos] != "$":
        return False
    is_double = src.startswith("$$", pos)
    match = (DOUBLE_DOLLARS if is_double else DOLLARS).match(src, pos, state.posMax)
    if not match:
        return False
    tex = match.group(1)
    if is_double:
        if not tex.strip() or len(tex) > LONGEST:
            return False
    elif tex[0] == tex[-1] == "`" and len(tex) > 2:
        tex = tex[1:-1]
    elif not is_formula(tex, src[pos - 1 : pos], src[match.end() : match.end() + 1]):
        return False
    return take(state, silent, tex, match.end(), is_double)


def brackets(state: StateInline, silent: bool) -> bool:
    src, pos = state.src, state.pos
    opening = src[pos : pos + 2]
    if opening not in (r"\(", r"\["):
        return False
    end = src.find(CLOSING[opening[1]], pos + 2, min(state.posMax, pos + LONGEST))
    if end < 0 or src.find(opening, pos + 2, end) >= 0 or not is_bracketed_formula(src[pos + 2 : end]):
        return False
    return take(state, silent, src[pos + 2 : end], end + 2, opening == r"\[")


def take(state: StateInline, silent: bool, tex: str, end: int, is_display: bool) -> bool:
    if not silent:
        token = state.push("math_display" if is_display else "math_inline", "math", 0)
        token.content = tex
        token.markup = state.src[state.pos : state.pos + 2]
        token.meta = {"offset": state.pos}
    state.pos = end
    return True
