"""What is new, for feed readers: questions, those of a topic, and readers' answers, in the language of the address."""

import re

from django.contrib.syndication.views import Feed
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from interview_notes.findable import CODES, in_language
from questions.choosing import chosen_notes
from questions.markdown.excerpt import excerpt
from questions.models import Answer, Note, Question, Topic
from questions.models.titles import pick_language

NEWEST = 50
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class NewsFeed(Feed):
    """Speaks one language all through, and says no more than that nothing is new when nothing is."""

    feed_type = Atom1Feed

    @method_decorator([require_safe, conditional_page])
    def __call__(self, request, *args, **kwargs):
        with override(pick_language(CODES)):
            return super().__call__(request, *args, **kwargs)

    def feed_url(self, obj):
        return in_language(self.address(obj), get_language())

    def item_link(self, item):
        return in_language(item.get_absolute_url(), get_language())


class QuestionFeed(NewsFeed):
    def title(self):
        return _("New questions") + " · " + _("Interview Notes")

    def address(self, obj):
        return reverse("question_feed")

    def link(self):
        return in_language(reverse("topics"), get_language())

    def items(self):
        return newest(Question.objects.live())

    def item_title(self, question):
        return printable(question.title_plain)

    def item_description(self, question):
        note = chosen_notes(question.notes.all()).note
        return escape(printable(excerpt(note.answer_html or note.text_html))) if note else ""

    def item_pubdate(self, question):
        return question.created_at


class TopicFeed(QuestionFeed):
    """Those on the topic and below it."""

    def get_object(self, request, slug):
        return get_object_or_404(Topic.objects.live(), slug=slug)

    def title(self, topic):
        return printable(topic.title_plain) + " · " + _("Interview Notes")

    def address(self, topic):
        return reverse("topic_feed", args=[topic.slug])

    def link(self, topic):
        return in_language(topic.get_absolute_url(), get_language())

    def items(self, topic):
        return newest(Question.objects.live().in_branch(topic))


class AnswerFeed(NewsFeed):
    """What curators have published, the latest first."""

    def title(self):
        return _("New answers by readers") + " · " + _("Interview Notes")

    def address(self, obj):
        return reverse("answer_feed")

    def link(self):
        return in_language(reverse("home"), get_language())

    def items(self):
        shown = Answer.objects.published().filter(question__in=Question.objects.live()).exclude(text="")
        return shown.select_related("question", "author").order_by("-decided_at", "-pk")[:NEWEST]

    def item_title(self, answer):
        answered = _("Answer by %(author)s") % {"author": answer.author or "—"}
        return printable(f"{answered}: {answer.question.title_plain}")

    def item_description(self, answer):
        return escape(printable(excerpt(answer.html)))

    def item_author_name(self, answer):
        return printable(str(answer.author or _("a former reader")))

    def item_pubdate(self, answer):
        return answer.decided_at or answer.submitted_at


def newest(questions):
    """With what their notes say, in two queries."""
    notes = (
        Note.objects.live()
        .exclude(title="")
        .only("question", "source", "position", "language", "answer", "answer_html", "text_html")
    )
    named = questions.exclude(titles={}).order_by("-created_at", "-pk")
    return named.prefetch_related(Prefetch("notes", notes))[:NEWEST]


def printable(words):
    """Without the characters that XML has no way to write."""
    return UNPRINTABLE.sub("", words)
