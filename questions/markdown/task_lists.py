"""Task lists: the boxes are the author's, so they are shown and cannot be ticked."""

from markdown_it import MarkdownIt


def task_lists(md: MarkdownIt) -> None:
    md.options["tasklists"] = True
    for list_type in ("bullet_list_open", "ordered_list_open"):
        md.add_render_rule(list_type, list_open)
    md.add_render_rule("list_item_open", item_open)


def list_open(renderer, tokens, index, options, env) -> str:
    if "class" in tokens[index].attrs:
        tokens[index].attrs["class"] = "tasks"
    return renderer.renderToken(tokens, index, options, env)


def item_open(renderer, tokens, index, options, env) -> str:
    token = tokens[index]
    if "checked" not in token.meta:
        return renderer.renderToken(tokens, index, options, env)
    # A box needs a name; signs say it in every language.
    state = ' checked aria-label="✓"' if token.meta["checked"] else ' aria-label="○"'
    return f'<li class="task"><input type="checkbox" disabled{state}> '
