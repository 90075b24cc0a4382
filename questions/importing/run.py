"""The two verbs of an import, for the command and the curators' desk: plan what was read, apply what was planned."""

import json
from pathlib import Path

from django.db import IntegrityError

from questions.differences import words_of
from questions.importing.apply import STALE, apply
from questions.importing.kept import Kept
from questions.importing.origins.archive import read_archive
from questions.importing.origins.repository import read_repository
from questions.importing.pictures import shown_pictures
from questions.importing.plan import make_plan
from questions.importing.provenance import language_known, source_for
from questions.importing.reading import Reading, Refused
from questions.importing.report import as_counts, as_history
from questions.importing.standing import in_parts
from questions.markdown.reading.notes import read_notes
from questions.models import Import, Note, Source

GONE = "What was uploaded for this run is kept for a day and has been removed since. Upload it again."
DIFFERENCES = 200  # of each kind of change are kept to be looked at
DIFFERENCE_BYTES = 20 * 2**20  # of text in all of them


def plan_reading(reading, *, slug="", tell=lambda stage, **counts: None, **chosen):
    """The Plan of importing what was read, and the reasons for which it may not be applied."""
    tell("parsing", files=len(reading.files))
    notes = read_notes(reading.files, chosen.get("language") or language_known(reading, slug))
    notes.problems[:0] = reading.problems
    tell("planning", questions=len(notes.questions))
    source, reasons = source_for(notes, reading, slug=slug, **chosen)
    return make_plan(source, notes, reading), reasons


def plan_run(run):
    """Reads what the Import `run` is for, keeps it, and lays its plan before the curators. Raises Refused."""
    kept = Kept(run)
    kept.tell("reading")
    again = kept.reading()
    with again or _read(run, kept) as reading:
        plan, reasons = _plan(run, reading, kept)
        if reasons:
            raise Refused(" ".join(reasons))
        if not again:
            kept.tell("keeping")
            kept.keep(reading, shown_pictures(plan, reading))
        kept.keep_texts(_texts(plan))
        facts = {"commit": reading.commit, "counts": as_counts(plan), "plan": as_history(plan)}
    run.conclude(Import.State.PLANNED, planned_at=plan.made_at, **facts)


def apply_run(run):
    """Carries out the plan of the Import `run` as the curator has seen it, or raises Refused."""
    kept = Kept(run)
    reading = kept.reading()
    if reading is None:
        raise Refused(GONE)
    with reading:
        plan, reasons = _plan(run, reading, kept)
        if reasons or (as_counts(plan), _plain(as_history(plan))) != (run.counts, run.plan):
            raise Refused(STALE)
        plan.made_at = run.planned_at
        kept.tell("writing")
        try:
            apply(plan, reading, run=run)
        except IntegrityError:
            if not plan.source.pk and Source.objects.filter(slug=plan.source.slug).exists():
                raise Refused(STALE) from None  # another run made the source a moment ago
            raise
    kept.remove()


def _plan(run, reading, kept):
    """The plan for the run's source; a new one is described by the curator."""
    if run.source:
        return plan_reading(reading, slug=run.source.slug, tell=kept.tell)
    described = {name: run.facts.get(name, "") for name in ("slug", "language", "licence", "mode")}
    plan, reasons = plan_reading(reading, tell=kept.tell, **described)
    if not plan.source.pk:
        for name in ("title", "author", "url"):
            setattr(plan.source, name, run.facts.get(name) or getattr(plan.source, name))
    return plan, reasons


def _read(run, kept):
    upload = kept.upload
    if upload is None:
        if not run.origin.startswith("https://"):
            raise Refused(GONE)
        return read_repository(run.origin)
    if upload.suffix == ".zip":
        return read_archive(upload, run.origin)
    reading = Reading(run.origin)
    with open(upload, "rb") as file:
        reading.offer(Path(run.origin).name, upload.stat().st_size, lambda limit: file.read(limit + 1), mark="")
    return reading.finished()


def _plain(history):
    """As it comes back from the database."""
    return json.loads(json.dumps(history))


def _texts(plan):
    """The old and new words of what would change, by key: as many as a curator will look at."""
    chosen, kinds = [], {}
    for planned in plan.questions:
        kinds[planned.change] = kinds.get(planned.change, 0) + 1
        if planned.change != "same" and kinds[planned.change] <= DIFFERENCES:
            chosen.append(planned)
    rows = [planned.row.pk for planned in chosen if planned.row]
    old = {note.pk: words_of(note) for note in in_parts(Note.objects.only("title", "text", "answer"), "pk", rows)}
    texts, size = {}, 0
    for planned in chosen:
        pair = {"old": old.get(planned.row.pk, "") if planned.row else "", "new": words_of(planned.parsed)}
        size += sum(map(len, pair.values()))
        if size > DIFFERENCE_BYTES:
            break
        texts[planned.key] = pair
    return texts
