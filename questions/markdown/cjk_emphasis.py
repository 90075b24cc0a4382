"""Emphasis beside Chinese punctuation: `**注意：**正文` is bold, though plain CommonMark shows the stars."""

import unicodedata
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline.state_inline import Scanned, StateInline

EMOJI = range(0x1F000, 0x1FB00)
FULL_WIDTH_IN_CHINESE = frozenset(
    "“”‘’…—·"
)  # Unicode calls their width ambiguous; beside ideographs they are full width


@lru_cache(maxsize=8192)
def is_cjk(char: str) -> bool:
    """Whether `char` is an ideograph, kana, hangul or full-width punctuation."""
    return unicodedata.east_asian_width(char) in "WFH" and ord(char) not in EMOJI


@lru_cache(maxsize=8192)
def is_punctuation(char: str) -> bool:
    return isMdAsciiPunct(ord(char)) or isPunctChar(char)


class CJKState(StateInline):
    """Lets a Chinese character beside a run of stars stand for the blank that Latin text has there."""

    def __init__(self, *args):
        super().__init__(*args)
        self.is_chinese = self.env["is_chinese"]
        self.last_bracket = None  # see nesting.py

    def belongs_to_chinese(self, char):
        return is_cjk(char) or (self.is_chinese and char in FULL_WIDTH_IN_CHINESE)

    def scanDelims(self, start, canSplitWord):
        src, marker = self.src, self.src[start]
        end = start
        while end < self.posMax and src[end] == marker:
            end += 1
        opens, closes = self.flanks(src[start - 1] if start else " ", src[end] if end < self.posMax else " ")
        return Scanned(
            opens and (canSplitWord or not closes or is_punctuation(src[start - 1 : start] or " ")),
            closes and (canSplitWord or not opens or is_punctuation(src[end : end + 1] or " ")),
            end - start,
        )

    def flanks(self, before: str, after: str) -> tuple[bool, bool]:
        """Whether a run between these two characters can open, and can close."""
        blank_before, blank_after = isWhiteSpace(ord(before)), isWhiteSpace(ord(after))
        cjk_before, cjk_after = self.belongs_to_chinese(before), self.belongs_to_chinese(after)
        mark_before, mark_after = is_punctuation(before), is_punctuation(after)
        opens = not blank_after and (not mark_after or cjk_after or blank_before or mark_before or cjk_before)
        closes = not blank_before and (not mark_before or cjk_before or blank_after or mark_after or cjk_after)
        return opens, closes


class CJKInline(ParserInline):
    """The stock inline parser on our state."""

    def parse(self, src, md, env, tokens):
        state = CJKState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def cjk_emphasis(md: MarkdownIt) -> None:
    md.inline.__class__ = CJKInline
