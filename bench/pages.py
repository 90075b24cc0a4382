"""What a first view of each page costs, beside its budget: `make bench-pages`.

Serves the bundled notes with gunicorn from an empty folder, and opens each page in a browser that has seen nothing yet,
over the line that a phone has. Nothing here is a test: it prints, and people judge.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium", "google-chrome", "chromium-browser")
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
LINE = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}  # bytes/s
WIDTHS = {360: 740, 1440: 900}
COLUMNS = {"kB": 60, "own JS kB": 15, "requests": 16, "elsewhere": 0, "LCP s": 2.5, "CLS": 0}  # and their budgets
OBSERVE = """
window.seen = {lcp: 0, shift: 0};
const observe = (type, see) =>
  new PerformanceObserver((list) => list.getEntries().forEach(see)).observe({type, buffered: true});
observe("largest-contentful-paint", (entry) => { seen.lcp = entry.startTime / 1000; });
observe("layout-shift", (entry) => { seen.shift += entry.hadRecentInput ? 0 : entry.value; });
"""
READER = """
from django.test import Client
from accounts.models import User
from questions.models import Note
client = Client()
client.force_login(User.objects.create_user("reader", "reader@example.org"))
notes = Note.objects.live().filter(language="zh-hans").select_related("question")
full = max(notes, key=lambda note: note.answer_html.count("<math"))
plain = next(note for note in notes if "<math" not in note.answer_html and "<pre" in note.answer_html)
print(client.cookies["sessionid"].value, plain.get_absolute_url(), full.get_absolute_url())
"""


def main():
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "VAR_DIR": folder, "DATABASE_URL": "", "LOG_LEVEL": "WARNING", "DEBUG": ""}
        manage(environment, "prepare")
        session, plain, full = manage(environment, "shell", "-v0", "-c", READER).split()[-3:]
        pages = {
            "home": ("/", ""),
            "topic": ("/topics/serving/", ""),
            "question": (plain, ""),
            "question, revealed": (f"{plain}?reveal=1", ""),
            "formulas": (full, ""),
            "formulas, revealed": (f"{full}?reveal=1", ""),
            "search": ("/search/?q=KV缓存", ""),
            "signed in: question": (plain, session),
            "signed in: formulas": (f"{full}?reveal=1", session),
            "signed in: me": ("/me/", session),
        }
        with served(environment) as site, sync_playwright() as playwright:
            path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)))
            browser = playwright.chromium.launch(executable_path=path, args=SWITCHES)
            print(f"{'':20} {'width':>5} " + " ".join(f"{name:>9}" for name in COLUMNS))
            for name, (address, session) in pages.items():
                for width in WIDTHS:
                    row(f"{name:20} {width:5}", first_view(browser, site, address, session, width))
            row(f"{'budget':26}", COLUMNS)


def row(head, facts):
    print(head, " ".join(f"{facts[name]:9.{0 if isinstance(facts[name], int) else 3}f}" for name in COLUMNS))


def manage(environment, *command):
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout


@contextmanager
def served(environment):
    """The address of a site that gunicorn serves as long as this lasts."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [Path(sys.executable).with_name("gunicorn")], cwd=ROOT, env={**environment, "PORT": str(port)}
    )
    try:
        while True:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except ConnectionRefusedError:
                assert server.poll() is None, "gunicorn has stopped"
                time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def first_view(browser, site, address, session, width):
    """What a browser with nothing in its cache fetches until all is quiet, and how steadily it comes."""
    context = browser.new_context(base_url=site, viewport={"width": width, "height": WIDTHS[width]}, locale="zh-CN")
    if session:
        context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    page = context.new_page()
    page.add_init_script(OBSERVE)
    network, addresses, sizes = context.new_cdp_session(page), {}, {}
    network.on("Network.requestWillBeSent", lambda sent: addresses.update({sent["requestId"]: sent["request"]["url"]}))
    network.on("Network.loadingFinished", lambda done: sizes.update({done["requestId"]: done["encodedDataLength"]}))
    network.send("Network.enable")
    network.send("Network.emulateNetworkConditions", LINE)
    page.goto(address, wait_until="networkidle")
    page.wait_for_timeout(300)  # paints are told a moment after they happen
    seen = page.evaluate("seen")
    context.close()
    ours = {one: url for one, url in addresses.items() if url.startswith(site)}
    scripts = sum(sizes.get(one, 0) for one, url in ours.items() if "/static/js/" in url)
    return {
        "kB": sum(sizes.values()) / 1000,
        "own JS kB": scripts / 1000,
        "requests": len(addresses),
        "elsewhere": sum(not url.startswith((site, "data:")) for url in addresses.values()),
        "LCP s": float(seen["lcp"]),
        "CLS": float(seen["shift"]),
    }


if __name__ == "__main__":
    main()
