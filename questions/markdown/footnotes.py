"""Footnotes whose ids begin with the page's prefix, so that many notes can stand on one page."""

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin


def footnotes(md: MarkdownIt) -> None:
    md.use(footnote_plugin, inline=False)
    md.add_render_rule("footnote_ref", reference)
    md.add_render_rule("footnote_block_open", lambda *_: '<section class="footnotes">\n<ol>\n')
    md.add_render_rule("footnote_block_close", lambda *_: "</ol>\n</section>\n")
    md.add_render_rule("footnote_open", note)
    md.add_render_rule("footnote_anchor", way_back)


def reference(_renderer, tokens, index, _options, env) -> str:
    note, place = _ids(tokens[index], env)
    number = tokens[index].meta["id"] + 1
    return f'<sup class="footnote-ref"><a href="#{note}" id="{place}">{number}</a></sup>'


def note(_renderer, tokens, index, _options, env) -> str:
    return f'<li id="{_ids(tokens[index], env)[0]}">'


def way_back(_renderer, tokens, index, _options, env) -> str:
    # The variation selector keeps phones from drawing the arrow as an emoji.
    return f' <a class="footnote-back" href="#{_ids(tokens[index], env)[1]}">↩\ufe0e</a>'


def _ids(token, env) -> tuple[str, str]:
    """The id of the note, and the id of the place that refers to it."""
    number, again = token.meta["id"] + 1, token.meta.get("subId", 0)
    return f"{env['prefix']}fn-{number}", f"{env['prefix']}fnref-{number}" + (f"-{again + 1}" if again else "")
