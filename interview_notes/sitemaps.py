"""The public pages for search engines: a list for each kind and language, each entry with its other languages."""

from collections import defaultdict

from django.contrib.sitemaps import Sitemap
from django.db.models import Max
from django.urls import reverse

from interview_notes.findable import CODES, in_language
from questions.models import Note, Source, Topic


class InOneLanguage(Sitemap):
    """`address` of an item has no query; `languages` says for the items of a page which languages each has."""

    limit = 2000

    def __init__(self, language):
        self.language = language

    def location(self, item):
        return in_language(self.address(item), self.language)

    def languages(self, items):
        return dict.fromkeys(items, CODES)

    def get_latest_lastmod(self):
        return None

    def get_urls(self, page=1, site=None, protocol=None):
        urls = super().get_urls(page, site, protocol)
        languages = self.languages([url["item"] for url in urls])
        for url in urls:
            codes = languages[url["item"]]
            if len(codes) > 1:
                plain = url["location"].partition("?")[0]
                versions = {code: in_language(plain, code) for code in codes} | {"x-default": plain}
                url["alternates"] = [{"lang_code": code, "location": where} for code, where in versions.items()]
        return urls


class Pages(InOneLanguage):
    def items(self):
        return ["home", "topics", "sources"]

    def address(self, name):
        return reverse(name)


class Topics(InOneLanguage):
    def items(self):
        return Topic.objects.live().only("slug").order_by("pk")

    def address(self, topic):
        return topic.get_absolute_url()


class Sources(InOneLanguage):
    def items(self):
        return Source.objects.only("slug").order_by("pk")

    def address(self, source):
        return source.get_absolute_url()


class Questions(InOneLanguage):
    """Live questions with a live note in the language, since when the words of that have stood."""

    def notes(self):
        return Note.objects.live().filter(question__retired_at=None, question__merged_into=None).exclude(title="")

    def items(self):
        notes = self.notes().filter(language=self.language).order_by("question_id")
        return notes.values_list("question_id", "question__slug").annotate(Max("updated_at"))

    def address(self, item):
        pk, slug, _changed = item
        return reverse("question", args=[pk, slug] if slug else [pk])

    def lastmod(self, item):
        return item[2]

    def get_latest_lastmod(self):
        return self.notes().filter(language=self.language).aggregate(last=Max("updated_at"))["last"]

    def languages(self, items):
        spoken = defaultdict(list)
        if not items:
            return spoken
        notes = self.notes().filter(question_id__gte=items[0][0], question_id__lte=items[-1][0]).order_by("language")
        for pk, code in notes.values_list("question_id", "language").distinct():
            spoken[pk].append(code)
        return {item: spoken[item[0]] for item in items}


SITEMAPS = {
    f"{name}-{code}": kind(code)
    for name, kind in {"pages": Pages, "topics": Topics, "sources": Sources, "questions": Questions}.items()
    for code in CODES
}
