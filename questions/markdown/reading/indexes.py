"""Files that list others: which one leads the source, and what its links say of order and groups."""

import re

from questions.markdown.reading.entries import Entry, topic
from questions.markdown.reading.furniture import heads_contents, only_wraps
from questions.markdown.reading.html import html_links
from questions.markdown.reading.titles import read_title

_LINK_LINE = re.compile(r"!?\[[^\[\]]*\]\((?:[^()]|\([^()]*\))*\)")
_LINK = re.compile(r"(?<!!)\[(?:[^\[\]]|\[[^\[\]]*\])*\]\((?:[^()]|\([^()]*\))*\)")


def leading_index(pages, links):
    """The page whose links order the source: a README if it lists anything, else what lists most, or None."""
    if len(pages) == 1:
        return next(iter(pages.values()))
    found = []
    for page in pages.values():
        if page.is_index_name and page.name.count("/") <= 1:
            listed = len({name for name in linked_pages(page, links) if name != page.name})
            readme = page.stem.casefold() in ("readme", "index")
            found.append(
                (page.name.count("/") == 0 or listed > 1, listed * (2 if readme else 1), readme, -len(page.name), page)
            )
    found = [each for each in found if each[1] or (each[4].name.count("/") == 0 and each[2])]
    return max(found, key=lambda each: each[:-1])[-1] if found else None


def linked_pages(page, links):
    """The names of the pages that `page` links to, in no order."""
    text = "\n".join(page.lines)
    targets = re.findall(r"\]\(\s*<?([^)>\n]*?)>?(?:\s+\"[^\"\n]*\")?\s*\)", text) + [
        target for target, _ in html_links(text)
    ]
    targets += re.findall(r"\[\[([^\[\]|#\n]+)", text)
    return {found for target in targets if (found := links.resolve(target, page.name))}


def listing(page, links):
    """The links of a page to others as topics, in the order and groups that it gives them."""
    return _below(page.blocks, page, links)


def _below(blocks, page, links):
    entries = []
    for block in blocks:
        if block.kind in ("heading", "item"):
            below = _below(block.children, page, links)
            if not below and "[" not in block.title:
                continue
            title = page.title(block)
            if title.href is not None and leads_on(title, page, links):
                entries.append(topic(title, block, below))
            elif below and block.kind == "item":
                entries.append(topic(title, block, below)) if title.text else entries.extend(below)
            elif below:
                entries += below if _transparent(title) or not title.text else [topic(title, block, below)]
        elif block.kind == "details":
            entries += _below(block.children, page, links)
        else:
            entries += _links_in(block, page, links)
    return entries


def _transparent(title):
    return heads_contents(title.text) or only_wraps(title.text)


def leads_on(title, page, links):
    """Whether a title links to another page, or says that it does."""
    if title.href is None:
        return False
    found = links.resolve(title.href, page.name)
    return found != page.name if found else title.links_note


def _links_in(block, page, links):
    """Links in a table, in HTML, or in a paragraph of nothing but links."""
    if block.kind == "html":
        found = [(target, words) for target, words in html_links(block.title)]
    elif block.kind == "table" or (block.kind == "text" and _only_links(block.title)):
        text = "\n".join(page.lines[block.start : block.end])
        titles = [read_title(link.group(0)) for link in _LINK.finditer(text)]
        found = [(title.href, title.text) for title in titles if title.href]
    else:
        return []
    entries, seen = [], set()
    for target, words in found:
        name = links.resolve(target, page.name)
        if name and name != page.name and name not in seen:
            seen.add(name)
            title = read_title(words)
            title = type(title)(text=title.text, href=target, link=title.text)
            entries.append(Entry("topic", title, block.start, block.end))
    return entries


def _only_links(text):
    return "](" in text and len(text) < 20_000 and not re.search(r"\w", _LINK_LINE.sub("", text))
