"""Keeps texts out that a takedown froze: asked about many at once, and never with a query for each."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from questions.models import Block, BlockedShingle, Takedown
from questions.shingles import NEAR, Index, compare, landmarks, letters, number, shingles

TEXTS = 500  # looked at together
NUMBERS = 1000  # asked for in one query
IN_MEMORY = 200_000  # landmarks of blocked texts that may be in memory at once
LETTERS = 2_000_000  # of the texts whose copies are looked for in one pass


@dataclass(frozen=True)
class Verdict:
    """Which takedown a text is up against, the share of it that is the same (0–1), and whether that is too much."""

    takedown_id: int
    share: float
    is_blocked: bool


def judge(texts: Mapping) -> dict:
    """Key → Verdict on those of `texts` (key → Markdown) that are, or come near, what a takedown froze."""
    if not Block.objects.exists():
        return {}
    landmarks_kept = BlockedShingle.objects.count()
    if landmarks_kept <= min(sum(map(len, texts.values())), IN_MEMORY):
        alike = Index(_words(Block.objects.iterator(chunk_size=TEXTS))).alike
        suspects = ((key, bare, alike(bare)) for key, bare in _in_letters(texts))
    else:
        suspects = _suspects(texts)
    likenesses = {key: found for key, bare, others in suspects if (found := compare(bare, others))}
    takedowns = dict(Block.objects.values_list("pk", "takedown_id")) if likenesses else {}
    return {
        key: Verdict(takedowns[found.key[0]], found.share, found.is_copy)
        for key, found in likenesses.items()
        if found.is_copy or found.share >= NEAR
    }


def sentence_against(text: str) -> str:
    """Why `text` must not be written here, in words for who wrote it; "" if nothing speaks against it."""
    verdict = judge({"": text}).get("")
    if not verdict or not verdict.is_blocked:
        return ""
    return _(
        "A rights holder had this text removed from here (takedown %(number)s). Say it in your own words, and it is "
        "welcome."
    ) % {"number": verdict.takedown_id}


def keep_out(blocks) -> None:
    """Writes down by which landmarks the blocks' texts are found again."""
    words = ((block, letters(block.text), letters(block.asked)) for block in blocks)
    marks = [(one, block) for block, *bare in words for one in set().union(*map(landmarks, bare))]
    rows = [BlockedShingle(shingle=number(one), block=block) for one, block in marks]
    BlockedShingle.objects.bulk_create(rows, 5000)


def let_in(takedown: Takedown) -> None:
    """Forgets what the takedown kept out."""
    BlockedShingle.objects.filter(block__takedown=takedown).delete()
    takedown.blocks.all().delete()


def find_copies(texts: list[str], places) -> Iterator:
    """Rows that hold a copy of one of `texts`; `places` are (queryset, name of the field to look in)."""
    left = list(texts)
    while left:
        some, length = [], 0
        while left and length < LETTERS:
            some.append(left.pop())
            length += len(some[-1])
        originals = Index(enumerate(some))
        for rows, field in places:
            for row in rows.exclude(**{field: ""}).only(field).iterator(chunk_size=TEXTS):
                bare = letters(getattr(row, field))
                found = compare(bare, originals.alike(bare))
                if found and found.is_copy:
                    yield row


def _suspects(texts):
    """(key, letters, block → its letters) of the texts that share a landmark with a block; the database looks it up."""
    waiting = list(_in_letters(texts))
    for start in range(0, len(waiting), TEXTS):
        some = waiting[start : start + TEXTS]
        asked = {key: set(map(number, shingles(bare))) for key, bare in some}
        blocks_with = defaultdict(list)
        rows = BlockedShingle.objects.values_list("shingle", "block_id")
        for shingle, block_id in in_parts(rows, "shingle", set().union(*asked.values())):
            blocks_with[shingle].append(block_id)
        hits = {key: {pk for one in asked[key] & blocks_with.keys() for pk in blocks_with[one]} for key in asked}
        found = _words(in_parts(Block.objects.all(), "pk", set().union(*hits.values())))
        originals = {key: letters(text) for key, text in found}
        yield from (
            (key, bare, {one: text for one, text in originals.items() if one[0] in hits[key]}) for key, bare in some
        )


def _words(blocks):
    """((primary key, which of its texts), text) of each block."""
    for block in blocks:
        yield from (((block.pk, n), text) for n, text in enumerate((block.text, block.asked)) if text)


def _in_letters(texts):
    return ((key, letters(text)) for key, text in texts.items())


def in_parts(queryset, name, values):
    values = sorted(values)
    for start in range(0, len(values), NUMBERS):
        yield from queryset.filter(**{f"{name}__in": values[start : start + NUMBERS]})
