"""The little of raw HTML in notes that carries structure: headings, details, summaries, links."""

import re

_HEADING_TAG = re.compile(r"<(/?)h([1-6])\b[^<>]*>", re.I)
_HEADING_LINE = re.compile(r"^ {0,3}(#{1,6})[ \t]+(\S.*)$")
_CLOSING = re.compile(r"\s+#+\s*$")
_TAGS = re.compile(r"<(/?)(details|summary)\b[^<>]*>", re.I)
_VERBATIM = ("<pre", "<code", "<script", "<style", "<!--", "<textarea", "<svg")
_LINK = re.compile(r"<a\s[^<>]*?href\s*=\s*[\"']?([^\"'\s<>]*)[^<>]*>", re.I)
_ALT = re.compile(r"\balt\s*=\s*[\"']([^\"'<>]*)", re.I)


def html_headings(content):
    """Headings in an HTML block as (first line, line behind, level, title), lines counted from its own first."""
    lowered = content.lower()
    found = []
    if "<h" in lowered:
        opened, line, counted = None, 0, 0
        for tag in _HEADING_TAG.finditer(content):
            line, counted = line + content.count("\n", counted, tag.start()), tag.start()
            if not tag.group(1):
                opened, first = tag, line
            elif opened and opened.group(2) == tag.group(2):
                found.append((first, line + 1, int(tag.group(2)), content[opened.end() : tag.start()]))
                opened = None
    if "\n#" in content and not any(tag in lowered for tag in _VERBATIM):
        for i, text in enumerate(content.split("\n")):
            if "#" in text[:4] and (line := _HEADING_LINE.match(text)):
                found.append((i, i + 1, len(line.group(1)), _CLOSING.sub("", line.group(2))))
        found.sort()
    return _apart(found)


def _apart(found):
    """Without headings that begin on a line where the one before has not ended."""
    kept, behind = [], 0
    for heading in found:
        if heading[0] >= behind:
            kept.append(heading)
            behind = heading[1]
    return kept


def fold_tags(content):
    """The details and summary tags in `content` as (name, whether it closes, where it begins, where it ends)."""
    return [(tag.group(2).lower(), bool(tag.group(1)), tag.start(), tag.end()) for tag in _TAGS.finditer(content)]


def html_links(content):
    """The links in HTML as (target, words): what is up to `</a>` without tags, or else the picture's alt text."""
    found = []
    for link in _LINK.finditer(content):
        inner = content[link.end() : link.end() + 1000].partition("</a>")[0]
        words = " ".join(re.sub(r"<[^<>]*>", " ", inner).split())
        alt = _ALT.search(inner)
        found.append((link.group(1), words or (alt.group(1) if alt else "")))
    return found
