"""Images that we serve, with their size and loaded late; others become a link: no page asks another host."""

import re
from html import escape

from markdown_it import MarkdownIt

from questions.markdown.links import is_safe
from questions.markdown.plain_text import text_of

OURS = re.compile(r"/media/(?!.*\.\.)[^\s\\?#]+")


def images(md: MarkdownIt) -> None:
    md.add_render_rule("image", rule)


def rule(_renderer, tokens, index, _options, env) -> str:
    token = tokens[index]
    title = str(token.attrs.get("title", ""))
    return image(str(token.attrs["src"]), text_of(token.children), env, token.meta.get("linked"), {"title": title})


def image(src: str, alt: str, env: dict, is_linked: bool, wishes: dict[str, str]) -> str:
    """HTML for an image; `wishes` are the title, width and height that its author wrote."""
    found = env["image"](src) if env["image"] else None
    if not found and OURS.fullmatch(src):
        found = src, None, None
    if found:
        address, width, height = found
        facts = {"src": address, "alt": alt, "title": wishes.get("title"), **size(width, height, wishes)}
        attrs = "".join(f' {name}="{escape(str(value))}"' for name, value in facts.items() if value or name == "alt")
        return f'<img{attrs} loading="lazy" decoding="async">'
    if src.startswith("//"):
        src = "https:" + src
    if is_safe(src) and not src.startswith("/") and not is_linked:
        return f'<a href="{escape(src)}">{escape(alt.strip() or src)}</a>'
    return escape(alt)


def size(width: int | None, height: int | None, wishes: dict[str, str]) -> dict:
    """Width and height in pixels: the author's wish in the proportions of the file."""
    wanted = {name: int(wishes[name]) for name in ("width", "height") if wishes.get(name, "").isdecimal()}
    if not width or not height:
        return wanted
    if 0 < wanted.get("width", 0) < width:
        return {"width": wanted["width"], "height": max(1, round(height * wanted["width"] / width))}
    return {"width": width, "height": height}
