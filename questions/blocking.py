"""Keeps texts out that a takedown froze: asked about many at once, and never with a query for each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from questions.models import Answer, Block, BlockedShingle, Note, Takedown
from questions.shingles import NEAR, STRIDE, compare, letters, probes, shingles

TEXTS = 500  # looked at together
NUMBERS = 1000  # asked for in one query
LOADED = 1_000_000  # blocked shingles that may be in memory at once
LETTERS = 500_000  # of the texts whose copies are looked for in one pass
ROWS = 20_000  # written at once


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
    known = _all_shingles(sum(map(len, texts.values())) // STRIDE)
    keys, verdicts = list(texts), {}
    for start in range(0, len(keys), TEXTS):
        verdicts |= _judge_some({key: letters(texts[key]) for key in keys[start : start + TEXTS]}, known)
    return verdicts


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
    """Writes the fingerprints of the blocks' texts."""
    rows = []
    for block in blocks:
        rows += [BlockedShingle(shingle=one, block=block) for one in shingles(letters(block.text))]
        if len(rows) >= ROWS:
            BlockedShingle.objects.bulk_create(rows, 5000)
            rows = []
    BlockedShingle.objects.bulk_create(rows, 5000)


def let_in(takedown: Takedown) -> None:
    """Forgets what the takedown kept out."""
    BlockedShingle.objects.filter(block__takedown=takedown).delete()
    takedown.blocks.all().delete()


def find_copies(texts: list[str], notes, answers) -> Iterator[Note | Answer]:
    """Those of `notes` and `answers` (querysets) that hold a copy of one of `texts`."""
    bare = [one for one in map(letters, texts) if one]
    while bare:
        some, length = [], 0
        while bare and length < LETTERS:
            some.append(bare.pop())
            length += len(some[-1])
        yield from _find_copies(dict(enumerate(some)), notes, answers)


def _find_copies(originals, notes, answers):
    known = {shingle: key for key, bare in originals.items() for shingle in shingles(bare)}
    for rows, words in ((notes, "answer"), (answers, "text")):
        for row in rows.exclude(**{words: ""}).only(words).iterator(chunk_size=TEXTS):
            bare = letters(getattr(row, words))
            if known.keys().isdisjoint(probes(bare)):
                continue
            alike = {known[one] for one in shingles(bare) if one in known}
            found = _compare(bare, {key: originals[key] for key in alike})
            if found and found.is_copy:
                yield row


def _judge_some(bare, known):
    asked = {key: probes(text) for key, text in bare.items()}
    wanted = set().union(*asked.values())
    blocks_with = _blocks_with(wanted if known is None else wanted & known)
    suspects = {
        key: {pk for one in numbers for pk in blocks_with.get(one, ())}
        for key, numbers in asked.items()
        if not blocks_with.keys().isdisjoint(numbers)
    }
    ids = set().union(*suspects.values())
    blocks = {block.pk: block for block in in_parts(Block.objects.only("text", "takedown_id"), "pk", ids)}
    originals = {pk: letters(block.text) for pk, block in blocks.items()}
    verdicts = {}
    for key, pks in suspects.items():
        found = _compare(bare[key], {pk: originals[pk] for pk in pks})
        if found and (found.is_copy or found.share >= NEAR):
            verdicts[key] = Verdict(blocks[found.key].takedown_id, found.share, found.is_copy)
    return verdicts


def _compare(bare, originals):
    return compare(
        bare,
        {key: shingles(original) for key, original in originals.items()},
        {key: len(original) for key, original in originals.items()},
    )


def _all_shingles(asked):
    """All that is blocked, if that is less than what would be asked for one by one; else None."""
    count = BlockedShingle.objects.count()
    if count > min(asked, LOADED):
        return None
    return set(BlockedShingle.objects.values_list("shingle", flat=True).iterator(chunk_size=10_000))


def _blocks_with(numbers):
    """Shingle → primary keys of the blocks that have it."""
    found = {}
    for row in in_parts(BlockedShingle.objects.values_list("shingle", "block_id"), "shingle", numbers):
        found.setdefault(row[0], []).append(row[1])
    return found


def in_parts(queryset, name, values):
    values = sorted(values)
    for start in range(0, len(values), NUMBERS):
        yield from queryset.filter(**{f"{name}__in": values[start : start + NUMBERS]})
