"""Markdown → safe HTML, the only place where that happens."""

from markdown_it import MarkdownIt

_markdown = MarkdownIt("commonmark", {"html": False})


def render(text, prefix=""):
    """Safe HTML of `text`; ids in it begin with `prefix`, so that many can stand on one page."""
    return _markdown.render(text)


render.version = 1
