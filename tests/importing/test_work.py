"""The command `work`: does what waits, and outlives a database that does not answer."""

import pytest
from django.core.management import call_command
from django.db import OperationalError

from questions.management.commands import work


@pytest.fixture
def looks(monkeypatch):
    """What each look at the queue gives: a list to fill. Signals and pauses are left out."""
    looks = []

    def look():
        found = looks.pop(0)
        if isinstance(found, BaseException):
            raise found
        return found

    monkeypatch.setattr(work, "do_next", look)
    monkeypatch.setattr(work.time, "sleep", lambda seconds: None)
    monkeypatch.setattr(work.signal, "signal", lambda *args: None)
    return looks


def test_once_does_all_that_waits(db, looks):
    looks += [True, True, False, "not looked at"]
    call_command("work", once=True)
    assert looks == ["not looked at"]


def test_it_goes_on_until_it_is_told_to_stop(db, looks, caplog):
    looks += [False, OperationalError("database is locked"), True, SystemExit(0)]
    with pytest.raises(SystemExit):
        call_command("work")
    assert looks == []
    assert "database is locked" in caplog.text
