"""What a reader knows and keeps, private to them."""

from progress.models.card import Card, Review, Undo
from progress.models.habits import Habits
from progress.models.interview import Interview, Turn
from progress.models.mark import Answered, Bookmark, Draft, Mark
from progress.models.plan import Plan
from progress.models.reminder import Reminder
from progress.models.round import Round, RoundAnswered

__all__ = [
    "Answered",
    "Bookmark",
    "Card",
    "Draft",
    "Habits",
    "Interview",
    "Mark",
    "Plan",
    "Reminder",
    "Review",
    "Round",
    "RoundAnswered",
    "Turn",
    "Undo",
]
