"""The Markdown editor: markdownx's field, driven by a script of ours."""

from django.contrib.admin.widgets import AdminTextareaWidget
from django.forms import Script
from markdownx.widgets import MarkdownxWidget


class NotesWidget(MarkdownxWidget):
    """Markdownx's own script traps the Tab key, breaks undo and takes a sign-in page for a preview."""

    class Media:
        extend = False
        js = [Script("js/editor.js", type="module")]


class NotesAdminWidget(NotesWidget, AdminTextareaWidget):
    """The same on the curators' desk."""
