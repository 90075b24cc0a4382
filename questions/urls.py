from django.urls import path, register_converter
from django.urls.converters import StringConverter

from questions.feeds import AnswerFeed, QuestionFeed, TopicFeed
from questions.views import answers, question, search, sources, takedown, topics


class QuestionSlug:
    """The slug of a question; where it would read as an act on the question (…/draft/), a hyphen tells them apart."""

    acts = ("answered", "bookmark", "changed", "checked", "draft", "submit")
    regex = f"(?!(?:{'|'.join(acts)})/)[^/]+"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return f"{value}-" if value in self.acts else value


class TopicSlug(StringConverter):
    """The slug of a topic, in any script; NUL is in none, and PostgreSQL does not even look for it."""

    regex = r"[^/\x00]+"


register_converter(QuestionSlug, "question_slug")
register_converter(TopicSlug, "topic_slug")

urlpatterns = [
    path("", topics.home, name="home"),
    path("topics/", topics.topics, name="topics"),
    path("topics/<topic_slug:slug>/", topics.topic, name="topic"),
    path("topics/<topic_slug:slug>/feed/", TopicFeed(), name="topic_feed"),
    path("feeds/questions/", QuestionFeed(), name="question_feed"),
    path("feeds/answers/", AnswerFeed(), name="answer_feed"),
    path("questions/<int:pk>/", question.question, name="question"),
    path("questions/<int:pk>/<question_slug:slug>/", question.question, name="question"),
    path("answers/<int:pk>/", answers.answer, name="answer"),
    path("answers/<int:pk>/withdraw/", answers.withdraw, name="withdraw"),
    path("search/", search.search, name="search"),
    path("search/suggest/", search.suggestions, name="suggest"),
    path("sources/", sources.sources, name="sources"),
    path("sources/<slug:slug>/", sources.source, name="source"),
    path("sources/<slug:slug>/notes/<path:path>", sources.note_file, name="note_file"),
    path("takedown/", takedown.takedown, name="takedown"),
    path("takedown/sent/", takedown.sent, name="takedown_sent"),
    path("takedown/confirm/<str:token>/", takedown.confirm, name="takedown_confirm"),
]
