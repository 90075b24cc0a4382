"""The curators' desk."""

from questions.admin import answer, conflict, import_run, note, question, source, topic, upload

__all__ = ["answer", "conflict", "import_run", "note", "question", "source", "topic", "upload"]
