r"""Bold as its author meant it where a blank or an exporter's `\*\*` broke it, in Chinese notes only."""

import re
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

STAR = ord("*")
PYTHON = re.compile(r"\w*kwargs(?![\w*])|\d")  # the stars of `f(**kwargs)` and of `2**10` are no emphasis


def star_slips(md: MarkdownIt) -> None:
    md.inline.ruler.before("escape", "escaped_stars", escaped_stars)
    md.inline.ruler.before("emphasis", "double_stars", double_stars)
    md.inline.ruler2.after("balance_pairs", "settle_stars", settle)


def escaped_stars(state: StateInline, silent: bool) -> bool:
    r"""`**需求**\*\*：\*\*`, as an exporter writes one bold behind the other."""
    src, pos = state.src, state.pos
    if not state.is_chinese or not src.startswith(r"\*\*", pos) or src.startswith(r"\*", pos + 4):
        return False
    if is_python(src, pos, pos + 4):
        return False
    if not silent:
        opens, closes = state.flanks(src[pos - 1 : pos] or " ", src[pos + 4 : pos + 5] or " ")
        push_stars(state, 2, opens, closes)
    state.pos += 4
    return True


def double_stars(state: StateInline, silent: bool) -> bool:
    """A run of four is two runs of two, which CommonMark's rule of three would not let match."""
    src, pos = state.src, state.pos
    if silent or not state.is_chinese or not src.startswith("**", pos):
        return False
    scanned = state.scanDelims(pos, True)
    if scanned.length % 2:
        return False
    if is_python(src, pos, pos + scanned.length):
        state.pending += src[pos : pos + scanned.length]
    else:
        push_stars(state, scanned.length, scanned.can_open, scanned.can_close)
    state.pos += scanned.length
    return True


def is_python(src: str, start: int, end: int) -> bool:
    match = PYTHON.match(src, end)
    return bool(match) and (not match.group().isdigit() or src[start - 1 : start].isdigit())


def push_stars(state: StateInline, count: int, opens: bool, closes: bool) -> None:
    for _ in range(count):
        token = state.push("text", "", 0)
        token.content = "*"
        token_index = len(state.tokens) - 1
        state.delimiters.append(Delimiter(marker=STAR, length=2, token=token_index, end=-1, open=opens, close=closes))


def settle(state: StateInline) -> None:
    """Where the usual rules leave double stars over, all open and close in turn; an odd one is not shown."""
    if not state.is_chinese:
        return
    for delimiters in [state.delimiters, *(meta["delimiters"] for meta in state.tokens_meta if meta)]:
        pairs = double(delimiters)
        closers = {delimiter.end for delimiter in delimiters}
        over = [at for at in pairs if delimiters[at].end < 0 and at not in closers]
        if over and len(pairs) % 2 == 0:
            take_turns(delimiters, pairs)
        else:
            for at in over:
                for delimiter in delimiters[at : at + 2]:
                    state.tokens[delimiter.token].content = ""


def double(delimiters: list[Delimiter]) -> list[int]:
    """Where every two stars begin; nothing if there are single ones among them."""
    stars = [at for at, delimiter in enumerate(delimiters) if delimiter.marker == STAR]
    pairs = []
    # Stars of one run are neighbours among the delimiters and among the tokens.
    for _, run in groupby(enumerate(stars), key=lambda star: (star[0] - star[1], delimiters[star[1]].token - star[0])):
        run = [at for _, at in run]
        if len(run) % 2:
            return []
        pairs += run[::2]
    return pairs


def take_turns(delimiters: list[Delimiter], pairs: list[int]) -> None:
    for opening, closing in zip(pairs[::2], pairs[1::2], strict=True):
        delimiters[opening].end, delimiters[opening + 1].end = closing + 1, closing
        delimiters[closing].end = delimiters[closing + 1].end = -1
