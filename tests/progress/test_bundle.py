"""Reading what a browser has kept: all of it, or nothing."""

import json
from datetime import UTC, datetime
from uuid import UUID

import pytest

from progress.bundle import Bundle, KeptDraft, KeptMark, KeptRating, Unreadable, read_bundle

EVENT = "6f2b7e0a-4f0c-4f53-9d2f-0a3a2f6f3c11"
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def rating(**facts):
    said = {"question": 7, "rating": 3, "event": EVENT, "at": "2026-03-01T12:00:00.000Z", "seconds": 40}
    return {"ratings": [said | facts]}


def draft(text):
    return {"drafts": [{"question": 7, "text": text, "at": "2026-03-01T12:00:00Z"}]}


def marked(**facts):
    return {"answered": [{"question": 7, "at": "2026-03-01T12:00:00Z"} | facts]}


def test_all_kinds():
    data = (
        marked() | draft("Flies.\r\n") | rating() | {"bookmarked": [{"question": "zebra-1", "at": "2026-03-01T12:00"}]}
    )
    assert read_bundle(json.dumps(data)) == Bundle(
        [KeptMark(7, NOON)],
        [KeptMark("zebra-1", NOON)],
        [KeptDraft(7, NOON, "Flies.\n")],
        [KeptRating(7, NOON, 3, UUID(EVENT), 40)],
    )


def test_nothing_kept_and_what_a_later_version_may_add():
    assert read_bundle('{"answered": [], "later": 1}') == Bundle()


@pytest.mark.parametrize(
    ("typed", "read"),
    [("a\x00b", "ab"), ("a\ud83d", "a\ufffd"), ("😀", "😀"), ("", "")],
)
def test_text_becomes_what_a_database_holds(typed, read):
    assert read_bundle(json.dumps(draft(typed))).drafts[0].text == read


def test_seconds_have_a_limit():
    assert read_bundle(json.dumps(rating(seconds=10**9))).ratings[0].seconds == 3600
    assert read_bundle(json.dumps(rating(seconds=None))).ratings[0].seconds is None


@pytest.mark.parametrize("text", ["", "x", "[]", "null", "1", "[" * 100_000, '{"a":' * 100_000, "9" * 10_000, "NaN"])
def test_no_bundle(text):
    with pytest.raises(Unreadable):
        read_bundle(text)


@pytest.mark.parametrize(
    "data",
    [
        {"answered": {}},
        {"answered": "all"},
        {"answered": [1]},
        {"drafts": None},
        *(marked(question=bad) for bad in (0, -1, True, 1.5, 2**63, 10**30, None, "", "x" * 201, "a\x00", [], {})),
        *(marked(at=bad) for bad in (None, 5, "", "yesterday", "2026-13-01", "0001-01-01T00:00+23:00", "9" * 9999)),
        *(rating(rating=bad) for bad in (0, 5, "3", 2.0, True, None, [])),
        *(rating(event=bad) for bad in ("", "x", 5, None, [], EVENT + "0")),
        *(rating(seconds=bad) for bad in (-1, 1.5, "9", True, [])),
        *({"drafts": [{"question": 7, "text": bad, "at": "2026-03-01"}]} for bad in (None, 5, ["x"])),
    ],
)
def test_broken_bundle(data):
    with pytest.raises(Unreadable):
        read_bundle(json.dumps(data))
