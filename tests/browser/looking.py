"""What is wrong with a page as it stands in the window, in words."""

from pathlib import Path

AXE = Path(__file__).parent / "axe-core" / "axe.min.js"
FIND = """
async (options) => {
  const quick = {resultTypes: ["violations"], selectors: false, preload: false};
  const {violations} = await axe.run(document, {...options, ...quick});
  return violations.flatMap(({id, impact, nodes}) => nodes.map(({html}) => `${id} (${impact}): ${html.slice(0, 160)}`));
}
"""
EVERY_RULE = {}
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}  # all that differs between light and dark
SIZES = {"wide": (1440, 900), "phone": (360, 740)}


def axe(page, sizes=SIZES):
    """What axe says of the page as it stands, at both widths and in both themes."""
    found = {}
    for size in sizes:
        width, height = SIZES[size]
        page.set_viewport_size({"width": width, "height": height})
        for theme, options in {"light": EVERY_RULE, "dark": COLOURS}.items():
            page.emulate_media(color_scheme=theme)
            if said := page.evaluate(FIND, options):
                found[f"{size}, {theme}"] = said
    return found


# How much wider the page is than its window, and what sticks out.
WIDER = """
() => {
  const width = document.documentElement.clientWidth;
  const over = Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - width;
  if (over <= 0) return "";
  const scrolls = (node) => node && (getComputedStyle(node).overflowX !== "visible" || scrolls(node.parentElement));
  const out = [...document.body.querySelectorAll("*")].filter(
    (node) => node.getBoundingClientRect().right > width + 1 && !scrolls(node.parentElement)
  );
  return `${over} px: ` + out.slice(0, 3).map((node) => node.outerHTML.slice(0, 120)).join(" ");
}
"""


def wider(page, widths):
    """Width → what sticks out of the window there."""
    found = {}
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        if sticks_out := page.evaluate(WIDER):
            found[width] = sticks_out
    return found
