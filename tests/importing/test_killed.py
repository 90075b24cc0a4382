"""An import whose process is killed half-way through writing: nothing of it stands, and the next one works."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.importing.conftest import README, ZEBRAS, Notes

ROOT = Path(__file__).resolve().parents[2]
START = "import django; django.setup()\n"
# Everything is written but not committed: the process says so, and waits for an input that never comes.
HALF_WAY = """
import sys
from questions.importing import apply as module

def stop(*args):
    print("half-way", flush=True)
    sys.stdin.read()

module.write_candidates = stop
"""
IMPORT = """
from django.core.management import call_command
call_command("import_notes", sys.argv[1], source="animals", licence="CC-BY-4.0", language="en")
"""
WORK = """
from questions.tasks import do_next
do_next()
"""
ASK = """
import sys
from questions.importing.kept import Kept
from questions.models import Import, Source

run = Import.objects.create(source=Source.objects.get(), origin="zebras.md")
Kept(run).take("md", [open(sys.argv[1] + "/zebras.md", "rb").read()])
run.ask_for("reading")
"""
PRESS_APPLY = """
from questions.models import Import
Import.objects.filter(state="planned").get().ask_for("applying")
"""
LOOK = """
import json
from datetime import timedelta
from django.utils import timezone
from questions.models import Import
from questions.tasks import has_stopped

later = timezone.now() + timedelta(minutes=2)
print(json.dumps([[run.state, has_stopped(run, later)] for run in Import.objects.order_by("pk")]))
"""
AGAIN = """
from questions.models import Import
Import.objects.order_by("pk").last().ask_for("applying")
"""


class Site:
    """Processes of a site with a database of its own on the disk."""

    def __init__(self, folder):
        url = f"sqlite:///{folder}/db.sqlite3"
        if connection.vendor == "postgresql":
            where = connection.settings_dict
            url = f"postgres://{where['USER']}:{where['PASSWORD']}@{where['HOST']}:{where['PORT']}/{where['NAME']}"
        facts = {"DATABASE_URL": url, "VAR_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "interview_notes.settings"}
        self.options = {"cwd": ROOT, "text": True, "env": os.environ | facts | {"SECRET_KEY": "x" * 50}}
        if connection.vendor == "sqlite":
            self.manage("migrate", "-v0")

    def manage(self, *arguments):
        command = [sys.executable, "manage.py", *map(str, arguments)]
        return subprocess.run(command, **self.options, capture_output=True, check=True).stdout  # noqa: S603

    def say(self, *steps, argument=""):
        command = [sys.executable, "-c", START + "".join(steps), str(argument)]
        return subprocess.run(command, **self.options, capture_output=True, check=True).stdout  # noqa: S603

    def kill(self, *steps, argument=""):
        """Runs the steps until they are half-way through writing, and kills them there."""
        command = [sys.executable, "-c", START + HALF_WAY + "".join(steps), str(argument)]
        with subprocess.Popen(command, **self.options, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:  # noqa: S603
            assert process.stdout.readline() == "half-way\n"
            process.kill()
        assert process.returncode == -signal.SIGKILL

    def rows(self, *but):
        """Every row, but for those of the models named."""
        return self.manage("dumpdata", "questions", *(f"--exclude=questions.{name}" for name in but))


@pytest.fixture
def site(tmp_path, transactional_db):
    return Site(tmp_path)


@pytest.fixture
def folder(site, tmp_path):
    """Notes that were imported, and have changed since."""
    notes = Notes(tmp_path / "animals")
    notes.write("README.md", README)
    notes.write("zebras.md", ZEBRAS)
    site.say("import sys", IMPORT, argument=notes.folder)
    notes.write(
        "zebras.md", "# Zebras\n\n## Who counts the stripes?\n\nWhoever has the time, and a herd that stands still.\n"
    )
    return notes.folder


def test_a_killed_command_leaves_everything_as_it_was(site, folder):
    before = site.rows()
    site.kill(IMPORT, argument=folder)
    assert site.rows() == before
    site.say("import sys", IMPORT, argument=folder)
    assert "Who counts the stripes?" in site.rows()
    assert json.loads(site.say(LOOK)) == [["applied", False], ["applied", False]]


def test_a_killed_worker_is_not_waited_for(site, folder):
    site.say(ASK, WORK, PRESS_APPLY, argument=folder)
    before = site.rows("import")
    site.kill(WORK)
    assert site.rows("import") == before
    assert json.loads(site.say(LOOK)) == [["applied", False], ["applying", True]]
    site.say(AGAIN, WORK)
    assert "Who counts the stripes?" in site.rows()
    assert json.loads(site.say(LOOK))[1] == ["applied", False]
