"""Holds the translations against the code: every string is in the catalogue, translated, and compiled.

Run by `make lint` (checks) and, with --write, by `make messages` (collects and compiles).
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = Path("locale/zh_Hans/LC_MESSAGES/django.po")
KEPT = ["Language", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Plural-Forms"]
SOURCES = ["accounts", "interview_notes", "progress", "questions", "templates", "static"]


def collect(target):
    """Runs Django's makemessages over a copy of the code in `target`; returns the catalogue it makes."""
    for name in [*SOURCES, "locale"]:
        (target / name).symlink_to(ROOT / name) if name != "locale" else _copy_catalogue(target)
    command = [sys.executable, str(ROOT / "manage.py"), "makemessages", "--locale", "zh_Hans", "--no-obsolete"]
    command += ["--symlinks", "--add-location", "file", "--no-wrap"]
    subprocess.run(command, cwd=target, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    return polib.pofile(str(target / CATALOGUE), wrapwidth=0)


def _copy_catalogue(target):
    (target / CATALOGUE).parent.mkdir(parents=True)
    if (ROOT / CATALOGUE).exists():
        (target / CATALOGUE).write_bytes((ROOT / CATALOGUE).read_bytes())


def mistakes():
    """Sentences on what is wrong with the catalogue as it stands."""
    standing = polib.pofile(str(ROOT / CATALOGUE), wrapwidth=0)
    with tempfile.TemporaryDirectory() as folder:
        wanted = {(entry.msgctxt, entry.msgid) for entry in collect(Path(folder))}
    have = {(entry.msgctxt, entry.msgid) for entry in standing}
    yield from (f"not in the catalogue: {msgid!r}" for _, msgid in sorted(wanted - have, key=str))
    yield from (f"in the catalogue, not in the code: {msgid!r}" for _, msgid in sorted(have - wanted, key=str))
    yield from (f"not translated: {entry.msgid!r}" for entry in standing if not entry.translated())
    compiled = (ROOT / CATALOGUE).with_suffix(".mo")
    if not compiled.exists() or compiled.read_bytes() != standing.to_binary():
        yield "the compiled catalogue is not up to date"


def write():
    with tempfile.TemporaryDirectory() as folder:
        catalogue = collect(Path(folder))
    (ROOT / CATALOGUE).parent.mkdir(parents=True, exist_ok=True)
    catalogue.header = "What the interface says, in Simplified Chinese."
    catalogue.metadata = {name: catalogue.metadata[name] for name in KEPT if name in catalogue.metadata}
    catalogue.metadata_is_fuzzy = []
    catalogue.save(str(ROOT / CATALOGUE))
    catalogue.save_as_mofile(str((ROOT / CATALOGUE).with_suffix(".mo")))
    for entry in catalogue:
        if not entry.translated():
            print("to translate:", entry.msgid)  # noqa: T201


if __name__ == "__main__":
    if "--write" in sys.argv:
        write()
    else:
        found = list(mistakes())
        if found:
            sys.exit("Translations: run `make messages` and translate what is new.\n" + "\n".join(found))
