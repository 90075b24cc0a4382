"""Which questions to practise: a choice that stands in the address, so that a shared link opens the same one."""

from urllib.parse import urlencode

from django import forms
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from progress.fields import TopicField
from progress.marks import marked
from progress.models import Card
from questions.models import Question, Source, Topic

ONLY = {
    "": _("All"),
    "bookmarked": _("Bookmarked"),
    "unanswered": _("Never answered"),
    "changed": _("Changed since I answered"),
    "weakest": _("Weakest first"),
}


class ChoiceForm(forms.Form):
    """What does not exist is no choice: the field says so, and nothing is chosen."""

    topic = TopicField(
        Topic.objects.live(),
        to_field_name="slug",
        required=False,
        label=_("Topic"),
        empty_label=_("All topics"),
    )
    source = forms.ModelChoiceField(
        Source.objects.all(), to_field_name="slug", required=False, label=_("Source"), empty_label=_("All sources")
    )
    difficulty = forms.TypedChoiceField(
        choices=[("", _("Any")), *Question.Difficulty.choices],
        coerce=int,
        empty_value=None,
        required=False,
        label=_("Difficulty"),
    )
    only = forms.ChoiceField(choices=list(ONLY.items()), required=False, label=_("Only"))
    ahead = forms.BooleanField(
        required=False,
        label=_("Also what is not due yet"),
        help_text=_("For more of it before an interview. Recalling early teaches a little less."),
    )
    # For those without an account: the order they go through, and how far they are.
    seed = forms.IntegerField(required=False, min_value=0, max_value=10**9, widget=forms.HiddenInput)
    turn = forms.IntegerField(required=False, min_value=0, max_value=10**6, widget=forms.HiddenInput)

    def questions(self, user):
        """The live Questions of this choice, for `user`."""
        choice = self.cleaned_data
        return chosen(user, choice["topic"], choice["source"], choice["difficulty"], choice["only"])

    def is_ahead(self):
        """Whether what is not due yet may be asked too."""
        return self.cleaned_data["ahead"] or self.cleaned_data["only"] in ("changed", "weakest")

    def query_dict(self):
        """What was chosen, as it stands in the address; nothing if it is no choice."""
        return {name: self.data[name] for name in self.fields if self.data.get(name)} if self.is_valid() else {}

    def query(self):
        return urlencode(self.query_dict())

    def turn_number(self):
        return (self.is_valid() and self.cleaned_data["turn"]) or 0


def chosen(user, topic=None, source=None, difficulty=None, only=""):
    questions = Question.objects.live()
    if topic:
        questions = questions.in_branch(topic)
    if source:
        notes = source.notes.live().filter(question=OuterRef("pk"))
        questions = questions.filter(Exists(notes))
    if difficulty:
        questions = questions.filter(difficulty=difficulty)
    if not user.is_authenticated:
        return questions
    if only in ("bookmarked", "changed", "unanswered"):
        questions = marked(questions, user, only)
    elif only == "weakest":
        questions = questions.filter(Exists(Card.objects.filter(user=user, question=OuterRef("pk"))))
    return questions
