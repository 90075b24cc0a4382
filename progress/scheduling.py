"""When to recall what: FSRS-6 behind four functions. Pure: time comes as an argument, chance does not come at all."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import fsrs

STEP = timedelta(minutes=10)  # what was not known comes back in the same sitting
SCHEDULER = fsrs.Scheduler(learning_steps=[STEP], relearning_steps=[STEP], enable_fuzzing=False)
DECAY = -SCHEDULER.parameters[20]
FACTOR = 0.9 ** (1 / DECAY) - 1
LAST_LAP = 7  # days before an interview over which everything comes back once more
LEARNT = fsrs.State.Review.value


@dataclass(frozen=True, slots=True)
class Memory:
    """What one reader remembers of one question, after a review at `reviewed_at`.

    `state` is 1 learning, 2 learnt or 3 learning again; `stability` is in days, `difficulty` from 1 to 10. `again_at`
    is when to ask once more, in the states that are counted in minutes.
    """

    state: int
    step: int | None
    stability: float
    difficulty: float
    reviewed_at: datetime
    again_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a reader wants of the schedule: `retention` is the chance of recalling when it comes back (0 to 1)."""

    zone: ZoneInfo
    retention: float = 0.9
    interview_on: date | None = None


def recall(memory, rating, at):
    """The Memory after a review at `at` with `rating` (1 again, 2 hard, 3 good, 4 easy); `memory` is None at first."""
    card, _log = SCHEDULER.review_card(_card(memory), fsrs.Rating(rating), at.astimezone(UTC))
    state = card.state.value
    again_at = None if state == LEARNT else card.due
    return Memory(state, card.step, card.stability, card.difficulty, at.astimezone(UTC), again_at)


def remember(reviews):
    """The Memory after `reviews`, pairs of rating and time in order; None if there are none."""
    memory = None
    for rating, at in reviews:
        memory = recall(memory, rating, at)
    return memory


def due_at(memory, wishes, spread=0):
    """When the question comes back: in minutes while it is learnt, else as a day in the reader's zone begins.

    Before an interview nothing stays away beyond it; `spread`, any number that differs from question to question, keeps
    what would come later from all coming on the eve.
    """
    if memory.state != LEARNT:
        return memory.again_at
    reviewed_on = memory.reviewed_at.astimezone(wishes.zone).date()
    day = reviewed_on + timedelta(days=interval(memory.stability, wishes.retention))
    if wishes.interview_on and reviewed_on < wishes.interview_on <= day:
        eve = wishes.interview_on - timedelta(days=1)
        day = max(eve - timedelta(days=spread % _lap(eve - reviewed_on)), reviewed_on + timedelta(days=1))
    return midnight(day, wishes.zone)


def _lap(left):
    return max(1, min(LAST_LAP, left.days))


def interval(stability, retention):
    """Whole days, at least one, until the chance of recalling has fallen to `retention`."""
    days = stability / FACTOR * (retention ** (1 / DECAY) - 1)
    return min(max(round(days), 1), SCHEDULER.maximum_interval)


def chance(stability, reviewed_at, now):
    """The chance (0 to 1) of recalling it now."""
    elapsed = max(0.0, (now - reviewed_at) / timedelta(days=1))
    return (1 + FACTOR * elapsed / stability) ** DECAY


def midnight(day, zone):
    """When `day` begins in `zone`, in UTC."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _card(memory):
    if memory is None:
        return fsrs.Card(card_id=0)
    state = fsrs.State(memory.state)
    # `due` is an output of FSRS, never an input.
    return fsrs.Card(0, state, memory.step, memory.stability, memory.difficulty, memory.reviewed_at, memory.reviewed_at)
