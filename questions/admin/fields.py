"""What the desk's forms share: topics as a tree, languages, Markdown, and Markdown made readable."""

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.forms.models import ModelChoiceIterator
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from markdownx.fields import MarkdownxFormField

from questions.models import Topic
from questions.tree import nodes, walk
from questions.widgets import NotesAdminWidget


def in_tree_order(topics: QuerySet[Topic]):
    return walk(nodes(topics))


class TopicIterator(ModelChoiceIterator):
    def __iter__(self):
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        for topic in in_tree_order(self.queryset):
            yield self.choice(topic)


class TopicChoiceField(forms.ModelChoiceField):
    """The whole tree of topics, indented by depth."""

    iterator = TopicIterator

    def label_from_instance(self, topic):
        return "\u2003" * topic.depth + topic.title


class KeepsOthers:
    """Beside a choice stands no button that deletes what is chosen: with a source would go all its notes."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and hasattr(field.widget, "can_delete_related"):
            field.widget.can_delete_related = False
        return field


class LanguageForm(forms.ModelForm):
    """Offers the languages of the site, and the one that the row has already."""

    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if field := self.fields.get("language"):
            own = [(self.instance.language, self.instance.language)] if self.instance.language else []
            field.choices = dict([*own, *settings.LANGUAGES])


class MarkdownField(MarkdownxFormField):
    """Markdown as it was written: browsers send other line ends, which must not pass for an edit."""

    widget = NotesAdminWidget

    def __init__(self, **kwargs):
        super().__init__(max_length=settings.TEXT_LIMIT, strip=False, **kwargs)

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")


def readable(html):
    """HTML that was made and cleaned by `questions.markdown`, for a read-only place."""
    return format_html('<div class="rendered">{}</div>', mark_safe(html))
