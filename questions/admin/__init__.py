"""The curators' desk."""

from questions.admin import (
    answer,
    candidate,
    conflict,
    import_run,
    merge,
    note,
    question,
    source,
    takedown,
    topic,
    upload,
)

__all__ = [
    "answer",
    "candidate",
    "conflict",
    "import_run",
    "merge",
    "note",
    "question",
    "source",
    "takedown",
    "topic",
    "upload",
]
