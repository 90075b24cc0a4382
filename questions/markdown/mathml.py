"""TeX → MathML that any page may show: no style attributes, no links, no ids."""

import re
from html import escape

from math_core import LatexError, LatexToMathML

from questions.markdown.tex import LONGEST

# A formula is converted by recursion in native code: too deep a nesting would take the whole process down.
DEEPEST = 60
MOST_EXPANSIONS = 400
LONGEST_RESULT = 200_000  # characters of MathML
WIDE = 24  # signs that fit into the narrowest page

OPTIONS = {
    "fancy_error": False,
    "annotation": True,
    "allow_unreliable_rendering": True,
    "macros": {
        "substack": r"\begin{subarray}{c}#1\end{subarray}",
        "bm": r"\boldsymbol{#1}",
        "smash": r"{#1}",
    },
}
CONVERTER = LatexToMathML(max_expansions=MOST_EXPANSIONS, **OPTIONS)
CAUTIOUS_CONVERTER = LatexToMathML(max_expansions=20, **OPTIONS)

DEFINITION = re.compile(r"\\(?:(?:re)?newcommand|providecommand|[gex]?def|let|DeclareMathOperator)(?![A-Za-z])")
NESTING = re.compile(r"\\(left|right|begin|end)(?![A-Za-z])|\\.|([{}])", re.DOTALL)
STEPS = {"left": 1, "begin": 1, "{": 1, "right": -1, "end": -1, "}": -1}

CLASS_OF = {
    "text-align: right": "math-right",
    "text-align: left": "math-left",
    "padding-right: 0": "math-flush-end",
    "padding-left: 0": "math-flush-start",
    "padding-left:0": "math-flush-start",
    "padding-left:1em": "math-indent",
    "padding-right:0.1667em": "math-thin-end",
    "width: 50%": "math-half",
    "width: 100%": "math-whole",
    "padding-top: 0": "math-flush-top",
    "padding-bottom: 0": "math-flush-bottom",
    "border-right: 0.05em solid currentcolor": "math-rule-end",
    "border-left: 0.05em solid currentcolor": "math-rule-start",
    "border-top: 0.05em solid currentcolor": "math-rule-top",
    "border-bottom: 0.05em solid currentcolor": "math-rule-bottom",
}
STYLE = re.compile(r'(?: class="([^"]*)")? style="([^"]*)"')
# Browsers stretch a combining line to the wrong width and place.
LINES = {
    '<mo stretchy="true">\u0332</mo></mover>': '<mo stretchy="true">_</mo></mover>',
    '<mo stretchy="true">\u0332</mo></munder>': '<mo class="math-underline"></mo></munder>',
}
ANNOTATION = re.compile(r'(<annotation encoding="application/x-tex">).*(</annotation>)', re.DOTALL)


class FormulaError(ValueError):
    """Why a formula cannot be rendered, in a sentence."""


def formula(tex: str, is_display: bool) -> str:
    """HTML of a formula; its source, marked as wrong, if it cannot be rendered."""
    tex = tex.strip()
    try:
        html = mathml(tex, is_display)
    except FormulaError:
        mark = "$$" if is_display else "$"
        return f'<code class="math-error">{escape(mark + tex + mark)}</code>'
    # What may scroll must be reachable by keyboard.
    scrolls = ' tabindex="0"' if is_wide(html) else ""
    if is_display:
        # A span, because a display formula may stand in the middle of a paragraph.
        return f'<span class="math-display"{scrolls}>{html}</span>'
    return f'<span class="math-scroll"{scrolls}>{html}</span>' if scrolls else html


def mathml(tex: str, is_display: bool) -> str:
    """MathML of `tex`, which stands unchanged in its annotation. Raises FormulaError."""
    prepared = prepare(tex, is_display)
    converter = CONVERTER
    if DEFINITION.search(tex):
        converter = CAUTIOUS_CONVERTER
        if "#" in tex or len(re.findall(r"[{^_]", tex)) > DEEPEST:
            raise FormulaError("it defines commands in a way that is not supported")
    if len(tex) > LONGEST or depth(prepared) > DEEPEST:
        raise FormulaError("it is too long or nested too deeply")
    try:
        html = converter.convert_with_local_state(prepared, displaystyle=is_display)
    except LatexError as error:
        raise FormulaError(re.sub(r"^\d+: ", "", str(error))) from error
    if len(html) > LONGEST_RESULT:
        raise FormulaError("its result is too long")
    html = ANNOTATION.sub(lambda m: m.group(1) + escape(tex, quote=False) + m.group(2), html)
    for sign, better in LINES.items():
        html = html.replace(sign, better)
    return STYLE.sub(with_classes, html)


def prepare(tex: str, is_display: bool) -> str:
    """What real notes write and the converter does not know, in the words that it knows."""
    tex = re.sub(r"\\(?:label|require)\s*\{[^{}]*\}|\\(?:nonumber|notag)(?![A-Za-z])", "", tex)
    tex = re.sub(r"\\(?:eqref|ref)\s*\{([^{}]*)\}", r"\\text{(\1)}", tex)
    tex = re.sub(r"\\(begin|end)\{split\}", r"\\\1{aligned}", tex)
    if re.search(r"\\tag(?![A-Za-z])", tex) and r"\begin" not in tex:
        tex = r"\begin{equation}" + tex + r"\end{equation}" if is_display else re.sub(r"\\tag\*?\{[^{}]*\}", "", tex)
    return tex


def is_wide(html: str) -> bool:
    """Whether a formula may be wider than the narrowest page; fractions and rows count as if side by side."""
    spaces = html.count("<mspace") * 2
    return len(re.sub(r"<[^>]*>", "", html[: html.find("<annotation")])) + spaces > WIDE


def depth(tex: str) -> int:
    deepest = level = 0
    for command, brace in NESTING.findall(tex):
        level += STEPS.get(command or brace, 0)
        deepest = max(deepest, level)
    return deepest


def with_classes(match: re.Match) -> str:
    classes, color = (match.group(1) or "").split(), ""
    for declaration in filter(None, (part.strip() for part in match.group(2).split(";"))):
        if declaration.startswith("color:"):
            color = f' mathcolor="{declaration[6:].strip()}"'
        elif declaration in CLASS_OF:
            classes.append(CLASS_OF[declaration])
    return (f' class="{" ".join(classes)}"' if classes else "") + color
