"""A small folder of notes to import, change and import again."""

import shutil
import textwrap

import pytest

from questions.importing.apply import apply
from questions.importing.plan import make_plan
from questions.importing.provenance import source_for
from questions.importing.read import read
from questions.markdown.reading.notes import read_notes
from questions.models import Question

README = """
    # Animals

    - **[Zebras](./zebras.md)**
      - 1. Why do zebras have stripes?
      - 2. How fast is a zebra?
    - **[Lions]()**
      - Where do lions sleep?
    """

ZEBRAS = """
    # Zebras

    ## 1. Why do zebras have stripes?

    Because flies find it hard to land on **stripes**, say two field studies.

    ## 2. How fast is a zebra?

    About 65 km/h over a short distance, measured from a car.
    """


class Notes:
    """A folder of notes and the source it is imported into."""

    def __init__(self, folder):
        self.folder = folder

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")

    def remove(self, name):
        (self.folder / name).unlink()

    def rename(self, name, to):
        (self.folder / to).parent.mkdir(parents=True, exist_ok=True)
        shutil.move(self.folder / name, self.folder / to)

    def plan(self, **options):
        reading = read(self.folder)
        notes = read_notes(reading.files)
        source, self.reasons = source_for(notes, reading, **({"slug": "animals", "licence": "CC-BY-4.0"} | options))
        return make_plan(source, notes, reading)

    def sync(self, **options):
        """Imports the folder as it is now; returns the plan that was carried out."""
        plan = self.plan(**options)
        apply(plan, read(self.folder))
        return plan

    @staticmethod
    def question(title, language="en"):
        return next(q for q in Question.objects.all() if q.titles.get(language) == title)


@pytest.fixture
def notes(tmp_path, db):
    notes = Notes(tmp_path / "animals")
    notes.write("README.md", README)
    notes.write("zebras.md", ZEBRAS)
    return notes


def changes(plan):
    """What a plan would change: a dict of the counts that are not zero, without totals and what stays the same."""
    return {name: n for name, n in plan.counts.items() if n and name not in ("topics", "questions", "answers", "same")}
