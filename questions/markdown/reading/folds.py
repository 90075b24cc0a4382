"""`<details>` in Markdown: HTML blocks and whatever stands between them, joined into one block."""

import re
from bisect import bisect_left, bisect_right

from questions.markdown.reading.html import fold_tags

DEEPEST = 3  # details inside details inside details are looked into, no further


def find_folds(tokens):
    """Every `<details>` of a file as {its line: the line behind its end}.

    The end may stand in another container than the beginning: below a list it often reads as the last item's text.
    One that is never closed ends at the next heading or details.
    """
    pairs, opened, headings = {}, [], []
    for i, token in enumerate(tokens):
        if token.type == "heading_open" and token.level == 0:
            headings.append(token.map[0])
        content = token.content
        if token.type not in ("html_block", "inline") or "<" not in content or "details" not in content.lower():
            continue
        if token.type == "inline" and tokens[i - 1].type != "paragraph_open":
            continue
        line, counted = token.map[0], 0
        for name, closes, begins, _ in fold_tags(content):
            line, counted = line + content.count("\n", counted, begins), begins
            if name == "details" and not closes:
                opened.append(line)
            elif name == "details" and opened:
                start = opened.pop()
                pairs[start] = max(line + 1, pairs.get(start, 0))
    if opened:
        ends = sorted([*headings, *pairs, *opened])
        last = max(token.map[1] for token in tokens if token.map)
        for start in opened:
            behind = bisect_right(ends, start)
            pairs.setdefault(start, ends[behind] if behind < len(ends) else last)
    return pairs


def fold_details(blocks, lines, folds, make, depth=1):
    """`blocks` with each of `folds` that begins right among them as one block of kind details, made by `make`."""
    starts = sorted(folds)
    limit = blocks[-1].end if blocks else 0  # in an item they end with it at the latest
    folded, i, done = [], 0, 0
    while i < len(blocks):
        block = blocks[i]
        at = max(block.start, done)
        raw = block.kind in ("html", "text")
        if block.end <= done or (not raw and block.start < done):
            i += 1
            continue
        nearest = bisect_left(starts, at)
        start = starts[nearest] if nearest < len(starts) else block.end
        if not raw or start >= block.end:
            folded += [block] if at == block.start else _rest(block, at, block.end, lines, make)
            i += 1
            continue
        folded += _rest(block, at, start, lines, make)
        done = min(folds[start], limit)
        inside = []
        while i + 1 < len(blocks) and blocks[i + 1].start < done:
            i += 1
            inside.append(blocks[i])
        if block.end <= done and not (inside and inside[-1].end > done):
            i += 1
        if depth < DEEPEST and bisect_left(starts, start + 1) < bisect_left(starts, done):
            inside = fold_details(inside, lines, folds, make, depth + 1)
        folded.append(_details(start, done, inside, lines, make))
    return folded


def _rest(block, start, end, lines, make):
    text = "\n".join(lines[start:end])
    return [make(block.kind, start, end, text)] if text.strip() else []


def _details(start, end, inside, lines, make):
    """The block, with the words of its first summary, which may run over several lines."""
    title, body, opening = "", start, None
    for i in range(start, end):
        if "<" not in lines[i] or "summary" not in lines[i].lower():
            continue
        for name, closes, begins, behind in fold_tags(lines[i]):
            if name == "summary" and not closes and opening is None:
                opening = (i, behind)
            elif name == "summary" and closes and opening:
                first, at = opening
                shown = lines[first : i + 1]
                shown[-1] = shown[-1][:begins]
                shown[0] = shown[0][at:]
                return make("details", start, end, "\n".join(shown), body=i, children=inside)
    return make("details", start, end, title, body=body, children=inside)


def inside_of(block, lines):
    """The lines between the summary and the end of a details block; the first of them is line `block.body`."""
    texts = lines[block.body : block.end]
    if texts:
        opening = r"^.*?</summary\s*>" if block.title else r"^.*?<details\b[^<>]*>"
        texts[0] = re.sub(opening, "", texts[0], count=1, flags=re.I)
        position = texts[-1].lower().rfind("</details")
        texts[-1] = texts[-1] if position < 0 else texts[-1][:position]
    return texts
