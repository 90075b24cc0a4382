"""Draws the pictures that stand beside a link to the site where one is shared, one a language, in the site's own look.

Run by `make share-pictures`, after a change of the words or colours; the pictures are kept in static/img.
"""

import os
import re
import shutil
from pathlib import Path

import polib
from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
BROWSER = os.environ.get("CHROMIUM") or shutil.which("chromium")
CATALOGUES = {"en": None, "zh-hans": ROOT / "locale/zh_Hans/LC_MESSAGES/django.po"}
NAME = "Interview Notes"
PROMISE = "Interview questions on large language models: answer first, then look."
MARK = re.search(r"<svg.*</svg>", (ROOT / "templates/_brand_mark.html").read_text())[0]
LOOK = """
body { margin: 0; inline-size: 1200px; block-size: 630px; background: var(--paper); color: var(--ink); }
main { position: absolute; inset: 70px 80px; background: var(--sheet); border: 2px solid var(--line);
  border-radius: 10px; box-shadow: 0 10px 40px rgb(30 45 38 / 10%); }
main::before { content: ""; position: absolute; inset: 132px 0 auto; border-block-start: 3px solid var(--rule); }
header { display: flex; align-items: center; gap: 24px; block-size: 132px; padding-inline: 60px;
  font: 600 46px/1 var(--serif); color: var(--accent-strong); }
header svg { inline-size: 60px; }
.brand-card { fill: var(--sheet); stroke: var(--accent); stroke-width: 1.6; }
.brand-rule { stroke: var(--rule); stroke-width: 1.4; }
.brand-tick { fill: none; stroke: var(--accent); stroke-width: 2.4; stroke-linecap: round; stroke-linejoin: round; }
p { margin: 0; padding: 48px 60px 0; font: 700 60px/1.35 var(--serif); text-wrap: balance; }
p:lang(zh) { font-size: 76px; word-break: keep-all; }
"""


def words(language):
    if not CATALOGUES[language]:
        return NAME, PROMISE
    translated = {entry.msgid: entry.msgstr for entry in polib.pofile(str(CATALOGUES[language]))}
    return translated[NAME], translated[PROMISE]


def page(language):
    name, promise = words(language)
    tokens = (ROOT / "static/css/tokens.css").read_text()
    return (
        f'<!doctype html><html lang="{language}" data-theme="light"><style>{tokens}{LOOK}</style>'
        f"<main><header>{MARK}{name}</header><p>{promise}</p></main>"
    )


def draw():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page(viewport={"width": 1200, "height": 630})
        for language in CATALOGUES:
            tab.set_content(page(language))
            path = ROOT / f"static/img/share-{language}.png"
            tab.screenshot(path=path)
            with Image.open(path) as picture:
                picture.convert("RGB").quantize(64, dither=Image.Dither.NONE).save(path, optimize=True)
        browser.close()


if __name__ == "__main__":
    draw()
