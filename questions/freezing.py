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
from questions.models import Answer, Block, Conflict, Findable, Note, Question, Revision, Source, TopicNote
from questions.surroundings import render_note

BATCH = 500
WORDS = {
    Note: ["title", "text", "text_html", "answer", "answer_html", "renderer", "fingerprint", "edited_at", "takedown"],
    TopicNote: ["introduction", "introduction_html", "takedown"],
    Answer: ["text", "html", "renderer", "takedown"],
}
# Where words stand: the field, the field of the Block that keeps them, their HTML.
PLACES = {
    Note: [("answer", "text", "answer_html"), ("text", "asked", "text_html")],
    TopicNote: [("introduction", "text", "introduction_html")],
    Answer: [("text", "text", "html")],
}


def rows_of(takedown, model):
    """The Notes, TopicNotes or Answers it is about: those named, and all that say anything of the sources named."""
    kind, targets = model._meta.model_name, takedown.targets
    named = Q(pk__in=targets.exclude(**{kind: None}).values(kind))
    if model is Answer:
        return Answer.objects.filter(named)
    says_something = Q(takedown__isnull=False)
    for field, _kept, _html in PLACES[model]:
        says_something |= Q(**{f"{field}__gt": ""})
    if model is Note and takedown.takes_titles:
        says_something |= Q(title__gt="")
    sources = targets.exclude(source=None).values("source")
    return model.objects.filter(named | (Q(source__in=sources) & says_something))


def texts_of(takedown):
    """All words it is about."""
    return [
        words
        for model, places in PLACES.items()
        for field, _kept, _html in places
        for words in rows_of(takedown, model).exclude(**{field: ""}).values_list(field, flat=True)
    ]


def freeze(takedown):
    """Moves the words of everything it is about into Blocks."""
    for model in PLACES:
        rows = rows_of(takedown, model).order_by("pk").values_list("pk", flat=True)
        for pks in _in_parts(list(rows)):
            _freeze_rows(takedown, model, pks)
    sources = takedown.targets.exclude(source=None).values("source")
    Source.objects.filter(pk__in=sources, takedown=None).update(takedown=takedown)


def unfreeze(takedown):
    """Puts everything back, but for what another takedown holds too, and for what has got new words since."""
    around = {}
    for model in PLACES:
        kept = takedown.blocks.exclude(**{model._meta.model_name: None}).order_by("pk").values_list("pk", flat=True)
        for pks in _in_parts(list(kept)):
            _unfreeze_rows(takedown, model, pks, around)
    _unfreeze_sources(takedown)
    let_in(takedown)
    Source.objects.exclude(digest="").update(digest="")  # the next import of the same bytes may bring more than before


def settle_titles(source):
    """After an import: titles that a takedown removed stay away, unless the note has got a new answer."""
    notes = list(Note.objects.filter(source=source, takedown__takes_titles=True).select_related("question"))
    if not notes:
        return
    for note in notes:
        if note.is_frozen:
            note.title = ""
    Note.objects.bulk_update(notes, ["title"], BATCH)
    _let_search_follow(Note, notes)
    _retitle(notes)


def is_out_of_sight(picture):
    """Whether all notes that showed the picture of this name are frozen."""
    digest = picture.removeprefix("pictures/").partition(".")[0]
    sources = list(Source.objects.filter(pictures__digest=digest).distinct())
    if not any(
        model.objects.filter(source__in=sources, takedown__isnull=False).exists() for model in (Note, TopicNote)
    ):
        return False
    # Only where something was taken down is the HTML looked through.
    showing = {Note: Q(text_html__contains=picture) | Q(answer_html__contains=picture)}
    showing |= {TopicNote: Q(introduction_html__contains=picture)}
    return not any(model.objects.filter(shows, source__in=sources).exists() for model, shows in showing.items())


# --- Out of sight ------------------------------------------------------------------------------------------------


def _freeze_rows(takedown, model, pks):
    related = ["question", "conflict"] if model is Note else []
    rows = list(model.objects.filter(pk__in=pks).select_related(*related).order_by("pk"))
    kind = model._meta.model_name
    earlier = {getattr(block, kind): block for block in _blocks_of(kind, rows).select_related(kind).order_by("-pk")}
    blocks = [_freeze_row(takedown, row, earlier.get(row) if row.is_frozen else None) for row in rows]
    Block.objects.bulk_create(blocks, BATCH)
    keep_out(blocks)
    model.objects.bulk_update(rows, WORDS[model], BATCH)
    _let_search_follow(model, rows)
    if model is Note:
        Conflict.objects.filter(note__in=rows).delete()
        Revision.objects.filter(note__in=rows).delete()
        if takedown.takes_titles:
            _retitle(rows)


def _freeze_row(takedown, row, earlier):
    """The Block of its words; of those that an earlier takedown froze, another copy."""
    block = Block(takedown=takedown, **{row._meta.model_name: row})
    for field, kept, html in PLACES[type(row)]:
        setattr(block, kept, getattr(earlier, kept) if earlier else getattr(row, field))
        setattr(row, field, "")
        setattr(row, html, "")
    if not earlier or takedown.takes_titles:
        row.takedown = takedown
    if isinstance(row, Note):
        _freeze_facts(takedown, row, block, earlier)
    return block


def _freeze_facts(takedown, note, block, earlier):
    block.title = note.title or (earlier.title if earlier else "")
    block.before = dict(earlier.before) if earlier else _before(note)
    if takedown.takes_titles:
        block.before["slug"] = note.question.slug or block.before.get("slug", "")
        note.title = ""
    # As if the source had never given an answer: an import that brings the blocked one again finds nothing changed.
    note.fingerprint, note.edited_at = fingerprint(note.imported_title, ""), None


def _before(note):
    conflict = getattr(note, "conflict", None)
    return {
        "fingerprint": note.fingerprint,
        "edited_at": note.edited_at and note.edited_at.isoformat(),
        "conflict": conflict and {"title": conflict.title, "text": conflict.text, "answer": conflict.answer},
    }


# --- Back again --------------------------------------------------------------------------------------------------


def _unfreeze_rows(takedown, model, pks, around):
    kind = model._meta.model_name
    related = {Note: ["source", "question"], TopicNote: ["source", "topic"], Answer: ["question"]}[model]
    found = takedown.blocks.filter(pk__in=pks).select_related(*(f"{kind}__{name}" for name in related))
    blocks = {getattr(block, kind): block for block in found}
    others = defaultdict(list)
    for other in _blocks_of(kind, blocks).exclude(takedown=takedown).select_related("takedown").order_by("pk"):
        others[getattr(other, f"{kind}_id")].append(other.takedown)
    conflicts = []
    for row, block in blocks.items():
        if others[row.pk]:
            _hand_over(row, block, others[row.pk])
        else:
            conflicts += _unfreeze_row(row, block, around)
    model.objects.bulk_update(blocks, WORDS[model], BATCH)
    _let_search_follow(model, blocks)
    Conflict.objects.bulk_create(conflicts, ignore_conflicts=True)
    if model is Note and takedown.takes_titles:
        _retitle(blocks, {row.pk: block.before.get("slug", "") for row, block in blocks.items()})


def _hand_over(row, block, takedowns):
    """It stays frozen by another takedown, which may have left it its title."""
    takers = [one for one in takedowns if one.takes_titles]
    row.takedown = (takers or takedowns)[0]
    if isinstance(row, Note) and not takers:
        row.title = row.title or block.title


def _unfreeze_row(row, block, around):
    """Returns the conflict with its source that a note had, in a list."""
    has_new_words = not row.is_frozen
    row.takedown = None
    if isinstance(row, Note):
        row.title = row.title or block.title
    if has_new_words:
        return []  # the source, or the author, has said something else since
    for field, kept, html in PLACES[type(row)]:
        words = getattr(row, field) or getattr(block, kept)
        setattr(row, field, words)
        setattr(row, html, _html(row, field, words, around))
    if not isinstance(row, TopicNote):
        row.renderer = render.version
    if not isinstance(row, Note):
        return []
    before = block.before
    row.fingerprint = before["fingerprint"]
    row.edited_at = parse_datetime(before["edited_at"]) if before["edited_at"] else None
    return [Conflict(note=row, **before["conflict"])] if before["conflict"] else []


def _html(row, field, words, around):
    if isinstance(row, Answer):
        return render(words, prefix=f"a{row.question_id}")
    if row.source_id not in around:
        around[row.source_id] = row.source.surroundings()
    key = row.topic.key if isinstance(row, TopicNote) else row.question.key + "?" * (field == "text")
    return render_note(words, row.source.slug, key, row.file, around[row.source_id])


def _unfreeze_sources(takedown):
    for source in Source.objects.filter(takedown=takedown):
        others = type(takedown).objects.upheld().filter(targets__source=source).exclude(pk=takedown.pk)
        source.takedown = others.order_by("decided_at").first()
        source.save(update_fields=["takedown"])


# --- What both need ----------------------------------------------------------------------------------------------


def _retitle(notes, slugs=None):
    """Gives the questions of `notes` the titles that their notes have now, in the languages of these.

    `slugs` (by note) come back to those that have none; without a title, a question takes its words out of its address.
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
        question.entitle(titles)
        if note.is_frozen and not note.title:
            question.slug = ""
        elif slugs and not question.slug:
            question.slug = slugs[note.pk]
    Question.objects.bulk_update(questions.values(), [*Question.TITLES, "slug"], BATCH)


def _let_search_follow(model, rows):
    if issubclass(model, Findable):  # what a topic is introduced with is not
        model.follow([row.pk for row in rows])


def _blocks_of(kind, rows):
    return Block.objects.filter(**{f"{kind}__in": list(rows)})


def _in_parts(pks):
    return [pks[start : start + BATCH] for start in range(0, len(pks), BATCH)]
