"""A limit holds for one reader, one act and one stretch of time, whatever cache counts."""

from types import SimpleNamespace

import pytest
from django.core.cache import cache, caches
from django.core.management import call_command

from accounts import limits


@pytest.fixture(params=["locmem", "db"])
def any_cache(request, db, settings, monkeypatch):
    if request.param == "db":
        backend = "django.core.cache.backends.db.DatabaseCache"
        settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "limits"}}
        call_command("createcachetable")
    yield caches["default"]
    cache.clear()


def test_so_often_and_no_more(any_cache, ada, bo, monkeypatch):
    monkeypatch.setattr(limits, "time", SimpleNamespace(time=lambda: now[0]))
    now = [1_000_000]
    assert [limits.within_limit(ada, "wave", 2, 60) for _ in range(4)] == [True, True, False, False]
    assert limits.within_limit(bo, "wave", 2, 60)
    assert limits.within_limit(ada, "nod", 2, 60)
    now[0] += 60
    assert limits.within_limit(ada, "wave", 2, 60)
