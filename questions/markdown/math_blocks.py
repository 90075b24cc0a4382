r"""Formulas on lines of their own: `$$ … $$` and `\[ … \]`, in lists and quotes too, and right below a paragraph."""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from questions.markdown.mathml import formula
from questions.markdown.tex import LONGEST, is_bracketed_formula

CLOSING = {"$$": "$$", r"\[": r"\]"}
MOST_LINES = 200


def math_blocks(md: MarkdownIt) -> None:
    md.block.ruler.before(
        "fence", "math_block", math_block, {"alt": ["paragraph", "reference", "blockquote", "list", "footnote_def"]}
    )
    md.add_render_rule("math_block", lambda _r, tokens, index, *_: formula(tokens[index].content, True) + "\n")


def math_block(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    if state.is_code_block(first):
        return False
    start = state.bMarks[first] + state.tShift[first]
    opening = state.src[start : start + 2]
    if opening not in CLOSING or start + 2 > state.eMarks[first]:
        return False
    found = closing_of(state, first, min(last, first + MOST_LINES), opening)
    if not found:
        return False
    line, end = found
    tex = content(state, first, start + 2, line, end)
    if not tex.strip() or len(tex) > LONGEST or (opening == r"\[" and not is_bracketed_formula(tex)):
        return False
    if silent:
        return True
    token = state.push("math_block", "math", 0)
    token.block, token.content, token.markup, token.map = True, tex, opening, [first, line + 1]
    state.line = line + 1
    if state.src[end + 2 : state.eMarks[line]].strip():
        # The sentence goes on behind the formula: what is left of the line is read as the next block.
        state.line = line
        state.bMarks[line], state.tShift[line], state.sCount[line] = end + 2, 0, state.blkIndent
    return True


def closing_of(state: StateBlock, first: int, last: int, opening: str) -> tuple[int, int] | None:
    """The line and the position where the formula that `first` opens is closed; None if it is no block."""
    closing = CLOSING[opening]
    start = state.bMarks[first] + state.tShift[first] + 2
    end = state.src.find(closing, start, state.eMarks[first])
    if end >= 0:
        # A formula with text behind it on its only line is part of a sentence.
        return None if state.src[end + 2 : state.eMarks[first]].strip() else (first, end)
    stands_alone = not state.src[start : state.eMarks[first]].strip()
    for line in range(first + 1, last):
        begin = state.bMarks[line] + state.tShift[line]
        if state.isEmpty(line):
            if not stands_alone:
                return None
            continue
        if state.sCount[line] < state.blkIndent or state.src.startswith(("```", "# ", "## ", "### ", r"\["), begin):
            return None
        end = state.src.find(closing, begin, state.eMarks[line])
        if end >= 0:
            return line, end
    return None


def content(state: StateBlock, first: int, start: int, line: int, end: int) -> str:
    if line == first:
        return state.src[start:end]
    between = state.getLines(first + 1, line, state.blkIndent, False)
    begin = state.bMarks[line] + state.tShift[line]
    return "\n".join(filter(None, [state.src[start : state.eMarks[first]], between, state.src[begin:end]]))
