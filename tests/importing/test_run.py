"""Runs in the background: read, planned, applied; stopped, overtaken, grown stale, and begun anew."""

import io
import os
import stat
import zipfile
from datetime import timedelta
from textwrap import dedent

import pytest
from django.db import OperationalError
from django.utils import timezone

from questions.importing.apply import OVERTAKEN, STALE
from questions.importing.kept import Kept, folder, sweep
from questions.importing.origins.archive import read_archive
from questions.importing.reading import Refused
from questions.importing.run import GONE, apply_run
from questions.importing.unchanged import is_unchanged
from questions.management.commands.work import _stop
from questions.models import Import, Note, Question, Source
from questions.tasks import do_next, has_stopped, is_unanswered
from tests.importing.conftest import README, ZEBRAS
from tests.importing.test_pictures import png

READING, PLANNED, APPLYING, APPLIED = "reading", "planned", "applying", "applied"
FILES = {"README.md": dedent(README).lstrip(), "zebras.md": dedent(ZEBRAS).lstrip()}
FACTS = {"slug": "animals", "title": "Animals", "author": "Zoe", "url": "https://example.org/animals"}
FACTS |= {"licence": "CC-BY-4.0", "mode": "full", "language": "en"}


def packed(files):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return file.getvalue()


@pytest.fixture
def begin(cleo):
    """Begins a run of notes in a zip: begin({"a.md": "# …"}, source=…)."""

    def begin(files=None, name="animals.zip", **facts):
        run = Import.objects.create(by=cleo, origin=name, **({"facts": FACTS} | facts))
        Kept(run).take("zip", [packed(files or FILES)])
        run.ask_for(READING)
        return run

    return begin


def work(run=None):
    """Does all that waits, as the worker would; returns the run as it stands then."""
    while do_next():
        pass
    run and run.refresh_from_db()
    return run


@pytest.fixture
def planned(begin):
    return work(begin())


@pytest.fixture
def applied(planned):
    planned.ask_for(APPLYING)
    return work(planned)


def test_a_plan_changes_nothing_yet(planned):
    assert planned.state == PLANNED
    assert planned.counts["added"] == 3
    assert [change["change"] for change in planned.plan["changes"]] == ["added"] * 3
    assert planned.source is None
    assert not Source.objects.exists()
    assert not Question.objects.exists()


def test_what_was_planned_is_applied(applied, cleo):
    assert applied.state == APPLIED
    assert (applied.by, applied.source.title, applied.source.author) == (cleo, "Animals", "Zoe")
    assert applied.source.url == "https://example.org/animals"
    assert Question.objects.count() == 3
    assert Import.objects.count() == 1


def test_nothing_is_kept_of_what_was_applied(applied):
    assert not Kept(applied).folder.exists()


def test_what_was_read_is_for_its_owner_only(planned):
    kept = Kept(planned)
    assert kept.upload is None  # what is in it has been taken over
    assert stat.S_IMODE(kept.folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept.folder.iterdir()} == {0o600}


def test_a_second_run_of_the_same_plans_nothing(applied, begin):
    run = work(begin(source=applied.source, facts={}))
    assert (run.counts["same"], run.plan["changes"]) == (3, [])


def test_what_was_read_is_read_again_to_the_letter(begin):
    files = {"a/.b/c.md": "# A\r\n\n## Why?\n\nX.\n", "a/面.md": "# B\n\n## Who?\n\n![](p/q.png)\n"}
    run = begin({**files, "a/p/q.png": png(), "a/p/unused.png": png("blue")}, name="x.zip")
    work(run)
    with Kept(run).reading() as reading:
        assert reading.files == {"面.md": files["a/面.md"]}
        assert list(reading.pictures) == ["p/q.png"]
        assert reading.pictures["p/q.png"]() == png()


def test_pictures_come_with_their_notes(begin):
    run = work(begin({"a.md": "# A\n\n## Why?\n\n![](p/q.png)\n", "p/q.png": png()}))
    run.ask_for(APPLYING)
    assert work(run).state == APPLIED
    assert "/media/pictures/" in Note.objects.get().answer_html


def test_a_single_note(begin, cleo):
    run = Import.objects.create(by=cleo, origin="斑马.md", facts=FACTS)
    Kept(run).take("md", ["# Z\n\n## 为什么？\n\n苍蝇。\n".encode("gb18030")])
    run.ask_for(READING)
    assert work(run).plan["changes"][0] | {"key": ""} == {
        "key": "", "title": "为什么？", "path": ["Z"], "file": "斑马.md", "line": 3, "change": "added",
    }  # fmt: skip


# --- Refused and failed, in words


@pytest.mark.parametrize(
    ("files", "facts", "reason"),
    [
        ({"picture.png": "x"}, FACTS, "no readable Markdown"),
        (None, FACTS | {"licence": "unknown"}, "does not allow answers"),
        (None, FACTS | {"language": "xx"}, "is not known"),
    ],
)
def test_what_cannot_be_imported_is_refused_with_the_reason(begin, files, facts, reason):
    run = work(begin(files, facts=facts))
    assert run.state == "refused"
    assert reason in run.reason
    assert run.finished_at


def test_a_server_s_own_files_are_never_read(cleo, tmp_path):
    (tmp_path / "secret.md").write_text("# S\n\n## What?\n\nSecret.\n")
    run = Import.objects.create(by=cleo, origin=str(tmp_path), facts=FACTS)
    run.ask_for(READING)
    assert (work(run).state, run.reason) == ("refused", GONE)


def test_an_inner_address_is_refused(cleo):
    run = Import.objects.create(by=cleo, origin="https://127.0.0.1/notes", facts=FACTS)
    run.ask_for(READING)
    assert (work(run).state, "internal address" in run.reason) == ("refused", True)


def test_our_mistake_is_said_and_logged(begin, monkeypatch, caplog):
    monkeypatch.setattr("questions.importing.run.read_archive", lambda *args: 1 / 0)
    run = work(begin())
    assert run.state == "failed"
    assert "ZeroDivisionError" in run.reason
    assert "ZeroDivisionError" in caplog.text


def test_a_busy_database_is_said(planned, monkeypatch):
    def busy(*args, **kwargs):
        raise OperationalError("database is locked")

    monkeypatch.setattr("questions.importing.run.apply", busy)
    planned.ask_for(APPLYING)
    assert (work(planned).state, "try again" in planned.reason) == ("failed", True)
    assert not Question.objects.exists()


def test_a_failure_after_the_end_leaves_the_old_state(planned, monkeypatch):
    monkeypatch.setattr("questions.importing.apply.write_candidates", lambda *args: 1 / 0)
    planned.ask_for(APPLYING)
    assert work(planned).state == "failed"
    assert not Question.objects.exists()
    assert planned.source is None


# --- Stale, and two at once


def test_a_plan_grown_stale_is_refused_and_can_be_made_again(applied, begin):
    changed = FILES | {"zebras.md": FILES["zebras.md"].replace("65", "64")}
    run = work(begin(changed, source=applied.source, facts={}))
    assert run.counts["changed"] == 1
    note = Note.objects.get(answer__contains="65 km/h")
    note.answer = "Edited in the meantime."
    note.save()
    run.ask_for(APPLYING)
    assert (work(run).state, run.reason) == ("refused", STALE)
    run.ask_for(READING)
    assert work(run).counts["conflicts"] == 1
    run.ask_for(APPLYING)
    assert work(run).state == APPLIED
    note.refresh_from_db()
    assert note.answer == "Edited in the meantime."


def test_of_two_plans_for_one_source_the_second_is_refused(applied, begin):
    changed = [FILES | {"zebras.md": FILES["zebras.md"].replace("65", speed)} for speed in ("64", "63")]
    runs = [begin(files, source=applied.source, facts={}) for files in changed]
    work()
    for run in runs:
        run.refresh_from_db()
        run.ask_for(APPLYING)
    assert [work(run).state for run in runs] == [APPLIED, "refused"]
    assert runs[1].reason == STALE


def test_of_two_plans_that_would_make_one_source_the_second_is_refused(begin):
    runs = [work(begin()), work(begin())]
    for run in runs:
        run.ask_for(APPLYING)
    assert [work(run).state for run in runs] == [APPLIED, "refused"]
    assert Source.objects.count() == 1


def test_a_mode_that_changed_since_is_not_gone_behind(applied, begin):
    changed = FILES | {"zebras.md": FILES["zebras.md"].replace("65", "64")}
    run = work(begin(changed, source=applied.source, facts={}))
    Source.objects.update(mode="questions-only")
    run.ask_for(APPLYING)
    assert (work(run).state, run.reason) == ("refused", STALE)


# --- Workers


def test_two_workers_never_take_the_same(begin):
    run = begin()
    twin = Import.objects.get(pk=run.pk)
    assert run.claim()
    assert not twin.claim()
    assert not do_next()


def test_two_who_press_at_once(planned):
    twin = Import.objects.get(pk=planned.pk)
    assert planned.ask_for(APPLYING)
    assert not twin.ask_for(APPLYING)


def test_what_is_not_asked_for_yet_waits_for_nobody(cleo):
    Import.objects.create(by=cleo, origin="animals.zip", facts=FACTS)
    assert not do_next()


def test_the_one_asked_for_first_comes_first(begin):
    first, second = begin(), begin()
    do_next()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (PLANNED, READING)


def test_a_worker_told_to_stop_puts_its_run_back(begin, monkeypatch):
    monkeypatch.setattr("questions.importing.run.read_archive", lambda *args: _stop())
    monkeypatch.setattr("questions.management.commands.work.signal.signal", lambda *args: None)
    run = begin()
    with pytest.raises(SystemExit):
        do_next()
    run.refresh_from_db()
    assert run.is_waiting
    monkeypatch.undo()
    assert work(run).state == PLANNED


def test_a_worker_that_died_is_noticed_after_a_minute(begin):
    run = begin()
    run.claim()
    now = timezone.now()
    assert not has_stopped(run, now + timedelta(seconds=59))
    assert has_stopped(run, now + timedelta(seconds=62))


def test_signs_of_life_keep_it_going(begin, monkeypatch):
    run = begin()
    run.claim()
    with Kept(run).alive():
        began = Kept(run).last_sign_of_life
        Import.objects.update(claimed_at=timezone.now() - timedelta(minutes=5))
        run.refresh_from_db()
        assert not has_stopped(run, began + timedelta(seconds=59))
        assert has_stopped(run, began + timedelta(seconds=61))


def test_who_died_while_applying_left_nothing_and_it_runs_again(planned, monkeypatch):
    planned.ask_for(APPLYING)
    planned.claim()  # and is never heard of again
    assert not Question.objects.exists()
    planned.ask_for(APPLYING)
    assert work(planned).state == APPLIED


def test_who_was_thought_dead_writes_nothing_over_the_other(planned):
    planned.ask_for(APPLYING)
    planned.claim()
    slow = Import.objects.get(pk=planned.pk)
    planned.ask_for(APPLYING)
    with pytest.raises(Refused, match=OVERTAKEN):
        apply_run(slow)
    assert not Question.objects.exists()
    assert work(planned).state == APPLIED
    plan_run_of_the_slow = slow.conclude("failed", reason="late")
    assert plan_run_of_the_slow is False
    planned.refresh_from_db()
    assert planned.state == APPLIED


def test_a_queue_that_nobody_answers_is_noticed(begin):
    run, other = begin(), begin()
    soon, later = timezone.now() + timedelta(seconds=9), timezone.now() + timedelta(seconds=11)
    assert not is_unanswered(run, soon)
    assert is_unanswered(run, later)
    other.claim()  # a worker lives, and is busy with another
    assert not is_unanswered(run, later)
    assert is_unanswered(run, later + timedelta(minutes=2))


# --- Tidiness


def test_what_has_lain_for_a_day_is_removed(planned, begin):
    old, new = Kept(planned), Kept(begin())
    yesterday = timezone.now().timestamp() - 25 * 3600
    for path in (*old.folder.iterdir(), old.folder):
        os.utime(path, (yesterday, yesterday))
    sweep()
    assert not old.folder.exists()
    assert new.folder.exists()
    planned.ask_for(APPLYING)
    assert (work(planned).state, planned.reason) == ("refused", GONE)


def test_files_lie_where_nothing_is_served(planned, settings, client):
    assert not folder().is_relative_to(settings.MEDIA_ROOT)
    assert not folder().is_relative_to(settings.STATIC_ROOT)
    assert client.get(f"/media/imports/{planned.folder}/read.zip").status_code == 404


def test_what_was_applied_is_known_again(applied, begin):
    """The digest of the bytes is that of the upload, although fewer pictures were kept."""
    files = {"a.md": "# A\n\n## Why?\n\n![](p.png)\n", "p.png": png(), "unused.png": png("blue")}
    run = work(begin(files, facts=FACTS | {"slug": "b"}))
    run.ask_for(APPLYING)
    source = work(run).source
    assert is_unchanged(source, read_archive(io.BytesIO(packed(files)), "again.zip"))
