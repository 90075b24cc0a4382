"""A real browser against a live server. Any word of the Content-Security-Policy in its console fails the test."""

import os
import shutil

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test import Client

# Playwright keeps an event loop running; Django would refuse the database beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

BROWSERS = ("chromium", "google-chrome", "chromium-browser")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    assert path, "No Chromium found: run `make browser`, or say CHROMIUM=/path/to/it."
    switches = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"]
    switches += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    return {**browser_type_launch_args, "executable_path": path, "args": switches}


@pytest.fixture(scope="session", autouse=True)
def static_files_are_kept():
    """Browsers ask for each of our forty small static files once, as they do on a site that serves them hashed."""
    serve = StaticFilesHandler.serve

    def serve_for_long(self, request):
        response = serve(self, request)
        response["Cache-Control"] = "max-age=3600"
        return response

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandler, "serve", serve_for_long)
        yield


@pytest.fixture
def people(browser, live_server):
    """Opens a fresh browser window for a person: `people("bo", width=390)` gives their page; as `user`, signed in."""
    contexts, complaints = [], []

    def listen(message):
        if "Content Security Policy" in message.text or message.type == "error":
            complaints.append(message.text)

    def open_window(name, width=1280, language="en", user=None, **options):
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 844 if width < 600 else 900},
            locale={"en": "en-GB", "zh-hans": "zh-CN"}[language],
            **options,
        )
        contexts.append(context)
        if user:
            client = Client()
            client.force_login(user)
            key = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", listen)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request",
            lambda request: request.url.startswith((live_server.url, "data:")) or complaints.append(request.url),
        )
        return page

    open_window.complaints = complaints
    yield open_window
    for context in contexts:
        context.close()
    assert not complaints


@pytest.fixture
def picture(request):
    """Takes a picture of a page into test-pictures/, to be looked at: `picture(page, "draft")`."""
    folder = request.config.rootpath / "test-pictures"
    folder.mkdir(exist_ok=True)

    def take(page, name):
        page.screenshot(path=folder / f"{name}.png", full_page=True)

    return take
