"""What a run keeps in files while it goes on, for a day at most: what was uploaded, what was read, how far it is.

Files, not rows: while a plan is applied, nothing that its transaction writes can be seen from outside. They lie under
VAR_DIR, which is not served, and are for their owner's eyes only.
"""

import json
import os
import shutil
import threading
import time
import zipfile
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from django.conf import settings

from questions.importing.reading import Reading
from questions.markdown.reading.notes import Problem
from questions.texts import Texts

KEPT_FOR = timedelta(days=1)
BEAT = 5  # seconds between two signs of life


def folder():
    return settings.VAR_DIR / "imports"


class Kept:
    """The files of one run."""

    def __init__(self, run):
        self.folder = folder() / str(run.folder)

    # --- What was uploaded or pasted

    def take(self, ending, chunks):
        self._open_folder()
        with self._write(f"upload.{ending}") as file:
            for chunk in chunks:
                file.write(chunk)

    @property
    def upload(self):
        """The path of what was uploaded, or None."""
        return next(iter(sorted(self.folder.glob("upload.*"))), None)

    # --- What was read

    def keep(self, reading, pictures):
        """Keeps the texts of a Reading and those `pictures` of it, so that later the very same can be read again."""
        pictures = sorted(pictures)
        facts = {
            "origin": reading.origin,
            "commit": reading.commit,
            "files": list(reading.files),
            "pictures": pictures,
            "picture_marks": reading.picture_marks,
            "problems": [vars(problem) for problem in reading.problems],
        }
        self._open_folder()
        with (
            self._write("read.zip") as file,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        ):
            archive.writestr("facts", json.dumps(facts))
            for n, text in enumerate(reading.files.values()):
                archive.writestr(f"file-{n}", text)
            for n, path in enumerate(pictures):
                archive.writestr(f"picture-{n}", reading.pictures[path](), zipfile.ZIP_STORED)
        for upload in self.folder.glob("upload.*"):
            upload.unlink()

    def reading(self):
        """The Reading that was kept, or None."""
        try:
            archive = zipfile.ZipFile(self.folder / "read.zip")
        except FileNotFoundError:
            return None
        facts, files = json.loads(archive.read("facts")), Texts()
        for n, name in enumerate(facts["files"]):
            files[name] = archive.read(f"file-{n}").decode()
        return Reading(
            origin=facts["origin"],
            commit=facts["commit"],
            files=files,
            pictures={path: lambda n=n: archive.read(f"picture-{n}") for n, path in enumerate(facts["pictures"])},
            picture_marks=facts["picture_marks"],
            problems=[Problem(**problem) for problem in facts["problems"]],
            close=archive.close,
        )

    @property
    def can_be_read_again(self):
        return (self.folder / "read.zip").exists() or self.upload is not None

    # --- The words that would change, by the key of their question

    def keep_texts(self, texts):
        self._open_folder()
        self._put("texts.json", texts)

    def texts(self):
        """Key → {"old": …, "new": …}."""
        return self._get("texts.json") or {}

    # --- How far it is

    def tell(self, stage, **counts):
        """Adds to what a curator sees of the run while it goes on."""
        self._open_folder()
        self._put("progress.json", (self.progress() or {}) | {"stage": stage} | counts)

    def progress(self):
        return self._get("progress.json")

    @contextmanager
    def alive(self):
        """Gives a sign of life every few seconds until the block is left, whatever the block is busy with."""
        self._open_folder()
        self._put("progress.json", {})
        left = threading.Event()
        beats = threading.Thread(target=self._beat, args=[left], daemon=True)
        beats.start()
        try:
            yield
        finally:
            left.set()
            beats.join()

    def _beat(self, left):
        while not left.wait(BEAT):
            if self.folder.exists():
                os.utime(self.folder / "progress.json")

    @property
    def last_sign_of_life(self):
        try:
            seconds = (self.folder / "progress.json").stat().st_mtime
        except FileNotFoundError:
            return None
        return datetime.fromtimestamp(seconds, UTC)

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    # --- Files

    def _open_folder(self):
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def _write(self, name):
        return os.fdopen(os.open(self.folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")

    def _put(self, name, value):
        """In one piece: whoever reads it meanwhile finds the old or the new."""
        with self._write(f"{name}.new") as file:
            file.write(json.dumps(value).encode())
        os.replace(self.folder / f"{name}.new", self.folder / name)

    def _get(self, name):
        try:
            return json.loads((self.folder / name).read_bytes())
        except FileNotFoundError:
            return None


def sweep():
    """Removes what has lain for more than a day."""
    oldest = time.time() - KEPT_FOR.total_seconds()
    for path in folder().glob("*"):
        if max(part.stat().st_mtime for part in (path, *path.glob("*"))) < oldest:
            shutil.rmtree(path, ignore_errors=True)
