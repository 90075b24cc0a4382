"""The curators' desk."""

from questions.admin import answer, conflict, import_run, merge, note, question, source, takedown, topic, upload

__all__ = ["answer", "conflict", "import_run", "merge", "note", "question", "source", "takedown", "topic", "upload"]
