"""Tables that scroll inside themselves, with alignment as a class instead of an inline style."""

from html import escape

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from questions.markdown.plain_text import text_of

LONGEST_LABEL = 100
END = "</table></div>\n"


def tables(md: MarkdownIt) -> None:
    md.core.ruler.push("tables", label_and_align)
    md.add_render_rule("table_open", lambda _r, tokens, index, *_: beginning(tokens[index].meta["label"]) + "\n")
    md.add_render_rule("table_close", lambda *_: END)


def beginning(label: str = "") -> str:
    # A group, not a region: regions are landmarks, and several tables of a page may have the same header.
    name = f' aria-label="{escape(label)}"' if label else ""
    return f'<div class="table-scroll" tabindex="0" role="group"{name}><table>'


def label_and_align(state: StateCore) -> None:
    table = None
    for index, token in enumerate(state.tokens):
        if token.type == "table_open":
            table, token.meta = token, {"label": ""}
        elif token.type in ("th_open", "td_open"):
            style = token.attrs.pop("style", "")
            if style:
                token.attrs["class"] = style.replace("text-align:", "align-")
            if token.type == "th_open":
                head = text_of(state.tokens[index + 1].children).strip()
                table.meta["label"] = ", ".join(filter(None, [table.meta["label"], head]))[:LONGEST_LABEL]
                if not head and not state.tokens[index + 1].content:
                    token.tag = state.tokens[index + 2].tag = "td"  # a corner heads nothing
