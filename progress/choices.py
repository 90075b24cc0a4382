"""Which questions to practise: a choice that stands in the address, so that a shared link opens the same one."""

from django import forms
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from progress.marks import marked
from questions.models import Question, Source, Topic

ONLY = {
    "": _("All"),
    "bookmarked": _("Bookmarked"),
    "unanswered": _("Never answered"),
    "weakest": _("Weakest first"),
}


class ChoiceForm(forms.Form):
    """What does not exist is no choice: the field says so, and nothing is chosen."""

    topic = forms.ModelChoiceField(Topic.objects.live(), to_field_name="slug", required=False, label=_("Topic"))
    source = forms.ModelChoiceField(Source.objects.all(), to_field_name="slug", required=False, label=_("Source"))
    difficulty = forms.TypedChoiceField(
        choices=[("", _("Any")), *Question.Difficulty.choices],
        coerce=int,
        empty_value=None,
        required=False,
        label=_("Difficulty"),
    )
    only = forms.ChoiceField(choices=list(ONLY.items()), required=False, label=_("Only"))

    def questions(self, user):
        """The live Questions of this choice, for `user`."""
        return chosen(user, **self.cleaned_data)


def chosen(user, topic=None, source=None, difficulty=None, only=""):
    questions = Question.objects.live()
    if topic:
        questions = questions.in_branch(topic)
    if source:
        notes = source.notes.live().filter(question=OuterRef("pk"))
        questions = questions.filter(Exists(notes))
    if difficulty:
        questions = questions.filter(difficulty=difficulty)
    if only in ("bookmarked", "unanswered"):
        questions = marked(questions, user, only)
    return questions
