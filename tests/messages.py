"""Holds the translations against the code: every string is in the catalogue, translated, and compiled.

What the libraries say is translated by them; where they do so badly, or not yet, a catalogue of ours comes first.

Run by `make lint` (checks) and, with --write, by `make messages` (collects and compiles).
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

import allauth
import django
import polib

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = Path("locale/zh_Hans/LC_MESSAGES/django.po")
FOR_LIBRARIES = Path("locale/libraries/zh_Hans/LC_MESSAGES/django.po")
LIBRARIES = [
    Path(django.__file__).parent / "conf",
    *(
        Path(django.__file__).parent / "contrib" / app
        for app in ("admin", "auth", "contenttypes", "humanize", "sessions")
    ),
    Path(allauth.__file__).parent,
]
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{\w*\}")
KEPT = ["Language", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Plural-Forms"]
SOURCES = ["accounts", "interview_notes", "progress", "questions", "templates", "static"]


def collect(target):
    """Runs Django's makemessages over a copy of the code in `target`; returns the catalogue it makes."""
    for name in SOURCES:
        (target / name).symlink_to(ROOT / name)
    _copy_catalogue(target)
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
    for path in (CATALOGUE, FOR_LIBRARIES):
        yield from mistakes_in(path)
    yield from mistakes_about_libraries()


def mistakes_in(path):
    catalogue = polib.pofile(str(ROOT / path), wrapwidth=0)
    for entry in catalogue:
        if not entry.translated():
            yield f"not translated: {entry.msgid!r}"
        for said in [entry.msgstr] if entry.msgstr else entry.msgstr_plural.values():
            if strange := set(PLACEHOLDER.findall(said)) - set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural)):
                yield f"says {', '.join(sorted(strange))}, which is not in {entry.msgid!r}"
    compiled = (ROOT / path).with_suffix(".mo")
    if not compiled.exists() or compiled.read_bytes() != catalogue.to_binary():
        yield f"not compiled: {path}"


def mistakes_about_libraries():
    """What no library says any more, and what one says and nobody has translated."""
    ours = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(ROOT / FOR_LIBRARIES))}
    said, translated = set(), set()
    for folder in LIBRARIES:
        english, chinese = (
            polib.pofile(str(folder / f"locale/{name}/LC_MESSAGES/django.po")) for name in ("en", "zh_Hans")
        )
        said |= {(entry.msgctxt, entry.msgid) for entry in (*english, *chinese) if not entry.obsolete}
        translated |= {(entry.msgctxt, entry.msgid) for entry in chinese if entry.translated()}
    yield from (f"in {FOR_LIBRARIES}, said by no library: {msgid!r}" for _, msgid in sorted(ours - said, key=str))
    yield from (
        f"translated neither by its library nor here: {m!r}" for _, m in sorted(said - translated - ours, key=str)
    )


def write():
    with tempfile.TemporaryDirectory() as folder:
        catalogue = collect(Path(folder))
    (ROOT / CATALOGUE).parent.mkdir(parents=True, exist_ok=True)
    catalogue.header = "What the interface says, in Simplified Chinese."
    catalogue.metadata = {name: catalogue.metadata[name] for name in KEPT if name in catalogue.metadata}
    catalogue.metadata_is_fuzzy = []
    catalogue.save(str(ROOT / CATALOGUE))
    catalogue.save_as_mofile(str((ROOT / CATALOGUE).with_suffix(".mo")))
    polib.pofile(str(ROOT / FOR_LIBRARIES)).save_as_mofile(str((ROOT / FOR_LIBRARIES).with_suffix(".mo")))
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
