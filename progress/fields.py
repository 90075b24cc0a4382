"""Choosing topics, shown as the tree that they are."""

from django import forms
from django.forms.models import ModelChoiceIterator

from questions.tree import nodes, walk


class TreeOfChoices(ModelChoiceIterator):
    def __iter__(self):
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        for topic in walk(nodes(self.queryset)):
            yield self.choice(topic)


class TopicField(forms.ModelChoiceField):
    """Topics as a tree: each stands below and to the right of the one it belongs to."""

    iterator = TreeOfChoices

    def label_from_instance(self, topic):
        return "\u3000" * topic.depth + topic.title_plain


class TopicsField(TopicField, forms.ModelMultipleChoiceField):
    """Several of them."""

    def clean(self, value):
        try:
            return super().clean(value)
        except OverflowError as error:  # a forged number that is larger than SQLite holds
            raise forms.ValidationError(self.error_messages["invalid_list"], code="invalid_list") from error
