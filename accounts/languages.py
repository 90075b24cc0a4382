"""In which languages a reader wants notes; by itself the interface's, unless the request at hand says otherwise."""

from collections.abc import Callable
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.utils.translation import get_language

_asked: ContextVar[Callable[[], list[str]] | None] = ContextVar("content_language", default=None)


@contextmanager
def asking(asked):
    """Within it, `asked()` says which languages are wanted before that of the interface."""
    token = _asked.set(asked)
    try:
        yield
    finally:
        _asked.reset(token)


def wanted_languages():
    """Codes, what is wanted most first; there may be nothing in the first ones."""
    asked = _asked.get()
    return [*(asked() if asked else ()), get_language() or settings.LANGUAGE_CODE, settings.LANGUAGE_CODE, "en"]
