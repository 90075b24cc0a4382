"""Takes words out of sight and puts them back. Readers' rows hang on questions and answers, which stay as they are.

The words are moved, not hidden: what a Note, an Answer or a Question no longer holds, no page, search, export or script
can show by mistake.
"""

from collections import defaultdict

from django.db.models import Q
from django.utils.dateparse import parse_datetime

from questions.blocking import keep_out, let_in
from questions.identity import fingerprint
from questions.markdown.render import render
from questions.models import Answer, Block, Conflict, Note, Question, Source
from questions.surroundings import render_note

BATCH = 500
WORDS = ["title", "answer", "answer_html", "renderer", "fingerprint", "edited_at", "takedown"]


def notes_of(takedown):
    """The Notes it is about: those named, and of the sources named all that say anything."""
    says_something = Q(answer__gt="") | Q(takedown__isnull=False)
    if takedown.takes_titles:
        says_something |= Q(title__gt="")
    targets = takedown.targets
    named = Q(pk__in=targets.exclude(note=None).values("note"))
    return Note.objects.filter(named | Q(source__in=targets.exclude(source=None).values("source")) & says_something)


def answers_of(takedown):
    return Answer.objects.filter(pk__in=takedown.targets.exclude(answer=None).values("answer"))


def freeze(takedown):
    """Moves the words of everything it is about into Blocks."""
    notes = notes_of(takedown).order_by("pk").values_list("pk", flat=True)
    for pks in _in_parts(list(notes)):
        _freeze_notes(takedown, pks)
    _freeze_answers(takedown)
    sources = takedown.targets.exclude(source=None).values("source")
    Source.objects.filter(pk__in=sources, takedown=None).update(takedown=takedown)


def unfreeze(takedown):
    """Puts everything back, but for what another takedown holds too, and for what has got new words since."""
    blocks = takedown.blocks.exclude(note=None).order_by("pk").values_list("pk", flat=True)
    around = {}
    for pks in _in_parts(list(blocks)):
        _unfreeze_notes(takedown, pks, around)
    _unfreeze_answers(takedown)
    _unfreeze_sources(takedown)
    let_in(takedown)


def settle_titles(source):
    """After an import: titles that a takedown removed stay away, unless the note has got a new answer."""
    notes = list(Note.objects.filter(source=source, takedown__takes_titles=True).select_related("question"))
    if not notes:
        return
    for note in notes:
        if note.is_frozen:
            note.title = ""
    Note.objects.bulk_update(notes, ["title"], BATCH)
    _retitle(notes)


# --- Notes -------------------------------------------------------------------------------------------------------


def _freeze_notes(takedown, pks):
    notes = list(Note.objects.filter(pk__in=pks).select_related("question", "conflict").order_by("pk"))
    earlier = {block.note_id: block for block in Block.objects.filter(note__in=notes).order_by("-pk")}
    blocks = [_freeze_note(takedown, note, earlier.get(note.pk) if note.is_frozen else None) for note in notes]
    Block.objects.bulk_create(blocks, BATCH)
    keep_out(blocks)
    Note.objects.bulk_update(notes, WORDS, BATCH)
    Conflict.objects.filter(note__in=notes).delete()
    if takedown.takes_titles:
        _retitle(notes)


def _freeze_note(takedown, note, earlier):
    """The Block of its words; of those that an earlier takedown froze, another copy."""
    if earlier:
        block = Block(title=note.title or earlier.title, text=earlier.text, before=dict(earlier.before))
    else:
        block = Block(title=note.title, text=note.answer, before=_before(note))
    block.takedown, block.note = takedown, note
    if takedown.takes_titles:
        block.before["slug"] = note.question.slug or block.before.get("slug", "")
        note.title = ""
    if not earlier or takedown.takes_titles:
        note.takedown = takedown
    note.answer = note.answer_html = ""
    # As if the source had never given an answer: an import that brings the blocked one again finds nothing changed.
    note.fingerprint, note.edited_at = fingerprint(note.imported_title, ""), None
    return block


def _before(note):
    conflict = getattr(note, "conflict", None)
    return {
        "fingerprint": note.fingerprint,
        "edited_at": note.edited_at and note.edited_at.isoformat(),
        "conflict": conflict and {"title": conflict.title, "answer": conflict.answer},
    }


def _unfreeze_notes(takedown, pks, around):
    blocks = list(takedown.blocks.filter(pk__in=pks).select_related("note__question", "note__source"))
    notes = [block.note for block in blocks]
    others = defaultdict(list)
    for block in Block.objects.filter(note__in=notes).exclude(takedown=takedown).select_related("takedown"):
        others[block.note_id].append(block.takedown)
    conflicts = []
    for block in blocks:
        if others[block.note_id]:
            _hand_over(block, others[block.note_id])
        else:
            conflicts += _unfreeze_note(block, around)
    Note.objects.bulk_update(notes, WORDS, BATCH)
    Conflict.objects.bulk_create(conflicts, ignore_conflicts=True)
    if takedown.takes_titles:
        _retitle(notes, {block.note_id: block.before.get("slug", "") for block in blocks})


def _hand_over(block, takedowns):
    """The note stays frozen by another takedown, which may have left it its title."""
    takers = [one for one in takedowns if one.takes_titles]
    block.note.takedown = (takers or takedowns)[0]
    if not takers:
        block.note.title = block.note.title or block.title


def _unfreeze_note(block, around):
    """Returns the conflict with its source that the note had, in a list."""
    note, before = block.note, block.before
    note.takedown, note.title = None, note.title or block.title
    if note.answer:
        return []  # the source has said something else since
    if note.source_id not in around:
        around[note.source_id] = note.source.surroundings()
    note.answer, note.fingerprint = block.text, before["fingerprint"]
    note.answer_html = render_note(block.text, note.source.slug, note.question.key, note.file, around[note.source_id])
    note.renderer = render.version
    note.edited_at = parse_datetime(before["edited_at"]) if before["edited_at"] else None
    return [Conflict(note=note, **before["conflict"])] if before["conflict"] else []


def _retitle(notes, slugs=None):
    """Gives the questions of `notes` the titles that their notes have now, in the languages of these.

    `slugs` (by note) come back to those that have none; without them, a question takes its words out of its address.
    """
    questions = Question.objects.in_bulk({note.question_id for note in notes})
    left = defaultdict(list)
    said = Note.objects.filter(question__in=questions).exclude(title="")
    for pk, question_id, language, title, retired_at in said.values_list(
        "pk", "question_id", "language", "title", "retired_at"
    ):
        left[question_id, language].append((retired_at is not None, pk, title))
    for note in notes:
        question = questions[note.question_id]
        titles = {code: title for code, title in question.titles.items() if code != note.language}
        if left[question.pk, note.language]:
            titles[note.language] = min(left[question.pk, note.language])[2]
        question.titles = titles
        if note.is_frozen and not note.title:
            question.slug = ""
        elif slugs and not question.slug:
            question.slug = slugs[note.pk]
    Question.objects.bulk_update(questions.values(), ["titles", "slug"], BATCH)


# --- Answers and sources -----------------------------------------------------------------------------------------


def _freeze_answers(takedown):
    answers, blocks = list(answers_of(takedown)), []
    earlier = {block.answer_id: block for block in Block.objects.filter(answer__in=answers).order_by("-pk")}
    for answer in answers:
        if answer.is_frozen:
            blocks.append(Block(takedown=takedown, answer=answer, text=earlier[answer.pk].text))
        else:
            blocks.append(Block(takedown=takedown, answer=answer, text=answer.text))
            answer.text, answer.html, answer.takedown = "", "", takedown
    Block.objects.bulk_create(blocks, BATCH)
    keep_out(blocks)
    Answer.objects.bulk_update(answers, ["text", "html", "takedown"], BATCH)


def _unfreeze_answers(takedown):
    for block in takedown.blocks.exclude(answer=None).select_related("answer"):
        answer = block.answer
        other = answer.blocks.exclude(takedown=takedown).first()
        answer.takedown_id = other.takedown_id if other else None
        if not other and not answer.text:
            answer.text = block.text
        answer.save(update_fields=["text", "takedown"])


def _unfreeze_sources(takedown):
    for source in Source.objects.filter(takedown=takedown):
        others = type(takedown).objects.upheld().filter(targets__source=source).exclude(pk=takedown.pk)
        source.takedown = others.order_by("decided_at").first()
        source.save(update_fields=["takedown"])


def _in_parts(pks):
    return [pks[start : start + BATCH] for start in range(0, len(pks), BATCH)]
