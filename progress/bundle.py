"""A bundle: marks, drafts and ratings as text, as a browser keeps them for somebody without an account.

Read strictly: what is not as it should be is refused as a whole, so that nothing is half there. A question is named by
its primary key (a number) or by its `key` (a text).
"""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

LARGEST_KEY = 2**63 - 1
LONGEST_NAME = 200  # that of Question.key
LONGEST_TIME = 40
MOST_SECONDS = 3600
RATINGS = (1, 2, 3, 4)


class Unreadable(Exception):
    """No bundle, or a broken one; says where."""


@dataclass(frozen=True)
class KeptMark:
    question: int | str
    at: datetime


@dataclass(frozen=True)
class KeptDraft(KeptMark):
    text: str


@dataclass(frozen=True)
class KeptRating(KeptMark):
    rating: int
    event: UUID
    seconds: int | None


@dataclass(frozen=True)
class Bundle:
    answered: list[KeptMark] = field(default_factory=list)
    bookmarked: list[KeptMark] = field(default_factory=list)
    drafts: list[KeptDraft] = field(default_factory=list)
    ratings: list[KeptRating] = field(default_factory=list)

    def __iter__(self):
        """Everything in it, whatever its kind."""
        for entries in (self.answered, self.bookmarked, self.drafts, self.ratings):
            yield from entries


def read_bundle(text):
    """The Bundle that stands in `text`. Raises Unreadable."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:  # the latter: thousands of brackets
        raise Unreadable("not JSON") from error
    if not isinstance(data, dict):
        raise Unreadable("not an object")
    return Bundle(**{kind: _entries(data.get(kind, []), kind, read) for kind, read in READERS.items()})


def _entries(found, kind, read):
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise Unreadable(kind)
    return [read(entry) for entry in found]


def _mark(entry):
    return KeptMark(_question(entry), _time(entry))


def _draft(entry):
    return KeptDraft(_question(entry), _time(entry), _text(entry))


def _rating(entry):
    return KeptRating(_question(entry), _time(entry), _one_of_four(entry), _event(entry), _seconds(entry))


READERS = {"answered": _mark, "bookmarked": _mark, "drafts": _draft, "ratings": _rating}


def _question(entry):
    found = entry.get("question")
    if type(found) is int and 0 < found <= LARGEST_KEY:  # True is an int too
        return found
    if isinstance(found, str) and found and len(found) <= LONGEST_NAME and found.isprintable():
        return found
    raise Unreadable("question")


def _time(entry):
    found = entry.get("at")
    if isinstance(found, str) and len(found) <= LONGEST_TIME:
        try:
            time = datetime.fromisoformat(found)
            return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
        except (ValueError, OverflowError):  # the latter: the first or the last hours that there are
            pass
    raise Unreadable("at")


def _text(entry):
    """As typed, less what no database holds: NUL, and halves of a pair of which the other was cut off."""
    found = entry.get("text")
    if not isinstance(found, str):
        raise Unreadable("text")
    whole = found.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")


def _one_of_four(entry):
    found = entry.get("rating")
    if type(found) is int and found in RATINGS:
        return found
    raise Unreadable("rating")


def _event(entry):
    found = entry.get("event")
    try:
        return UUID(found)
    except (ValueError, TypeError, AttributeError) as error:
        raise Unreadable("event") from error


def _seconds(entry):
    """None where it is not known; who left the page open has not been thinking all that time."""
    found = entry.get("seconds")
    if found is None:
        return None
    if type(found) is int and found >= 0:
        return min(found, MOST_SECONDS)
    raise Unreadable("seconds")
