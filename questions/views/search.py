"""Search: the questions that hold what was typed, and suggestions while it is typed."""

import json
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.db.models import Q, TextField, Value
from django.db.models.functions import Cast
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from progress.forms import MARK_FILTERS, MarkFilterForm
from progress.marks import attach_marks, marked, visible_questions
from questions.forms import SearchForm
from questions.markdown.bare import bare
from questions.models import Question, Source, Topic
from questions.models.titles import pick_language
from questions.search import Hits, find, said, suggest
from questions.search_words import Piece, pieces, snippet, spots, terms_of
from questions.views.question import LANGUAGES

A_PAGE = 20
SNIPPET = 110  # characters
SUGGESTIONS = 8


@dataclass
class Result:
    """A question that was found, and the words by which it was."""

    question: Question
    address: str
    title: list[Piece]
    title_html: str  # instead, where code or formulas are drawn in it
    language: str
    kind: str  # "note", "answer", "draft"
    words: list[Piece]
    words_language: str


@require_safe
def search(request):
    form, marks = SearchForm(request.GET), MarkFilterForm(request.GET)
    if not marks.is_valid() or (not form.is_valid() and form.errors.keys() - {"q"}):
        raise BadRequest("a filter is not one of the known ones")
    chosen = form.cleaned_data | marks.cleaned_data
    if chosen["mark"] and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    terms = terms_of(chosen.get("q", ""))
    hits = found(request.user, terms, chosen)
    page = Paginator(hits.found, A_PAGE).get_page(request.GET.get("page"))
    texts, shelves = read(page.object_list, request.user, chosen)
    context = {
        "form": form,
        "typed": chosen.get("q", ""),
        "terms": terms,
        "results": results(page.object_list, terms, texts, request.user),
        "total": len(hits.found),
        "is_cut": hits.is_cut,
        "page": page,
        "selects": selects(chosen, shelves, request.user),
        "everywhere": f"?{urlencode({'q': chosen.get('q', '')})}",
        "is_narrowed": any(value for name, value in chosen.items() if name != "q"),
    }
    return render(request, "questions/search.html", context, status=400 if form.errors else 200)


@require_safe
def suggestions(request):
    """Options of a list box: titles that hold what is being typed. Nobody keeps them but the browser that asked."""
    form = SearchForm({"q": request.GET.get("q", "")})
    terms = terms_of(form.cleaned_data["q"]) if form.is_valid() else ()
    questions = visible_questions(request.user)
    hits = suggest(questions, terms, request.user, SUGGESTIONS)
    by_id = questions.in_bulk([hit.question_id for hit in hits.found])
    options = [result(by_id[hit.question_id], terms) for hit in hits.found if hit.question_id in by_id]
    response = render(request, "questions/_suggestions.html", {"options": options})
    patch_cache_control(response, private=True, max_age=60)
    return response


def found(user, terms, chosen):
    if not terms:
        return Hits()
    questions = marked(visible_questions(user), user, chosen["mark"])
    if chosen["topic"]:
        questions = questions.on_branch(chosen["topic"])
    where = {"source": chosen["source"], "language": chosen["language"], "has_answer": chosen["answered"]}
    is_part = bool(chosen["topic"] or chosen["mark"])
    return find(questions, terms, user, is_part=is_part, **where)


def read(hits, user, chosen):
    """The words of the hits, and the names of topics and sources to choose from: all in one query."""
    topics = Topic.objects.live().filter(Q(parent=None) | Q(slug=chosen["topic"])).order_by()
    sources = Source.objects.order_by()
    rows = topics.values_list(Value("topic"), "pk", "slug", Cast("titles", TextField())).union(
        sources.values_list(Value("source"), "pk", "slug", Cast("title", TextField())), *said(hits, user), all=True
    )
    texts, shelves = {}, {"topic": [], "source": []}
    for kind, pk, label, words in rows:
        if kind in shelves:
            shelves[kind].append((pk, label, words))
        else:
            texts[kind, pk] = (label, words)
    return texts, shelves


def results(hits, terms, texts, user):
    """What is gone or frozen since it was found is left out."""
    hits = [hit for hit in hits if (hit.kind, hit.thing_id) in texts]
    by_id = visible_questions(user).select_related("topic").in_bulk([hit.question_id for hit in hits])
    attach_marks(by_id.values(), user)
    return [
        result(by_id[hit.question_id], terms, hit.kind, *texts[hit.kind, hit.thing_id])
        for hit in hits
        if hit.question_id in by_id
    ]


def result(question, terms, kind="", written_in="", words=""):
    """In the reader's language, unless only another one holds what was looked for."""
    language, address = question.language, question.get_absolute_url()
    if written_in in question.titles and not spots(question.title_in(language), terms):
        language = written_in
    if kind == "note" and written_in and written_in != question.language:
        address = f"{address}?{urlencode({'lang': written_in})}"
    return Result(
        question,
        address,
        title=pieces(question.title_in(language), terms),
        title_html=question.title_html_in(language) if language in question.titles_drawn else "",
        language=language,
        kind=kind,
        words=snippet(" ".join((words if kind == "draft" else bare(words)).split()), terms, SNIPPET),
        words_language=written_in,
    )


def selects(chosen, shelves, user):
    """The ways to narrow a search down: (name, what is chosen, options)."""
    topics = [(slug, _title(titles)) for _pk, slug, titles in sorted(shelves["topic"])]
    sources = [(slug, title) for _pk, slug, title in sorted(shelves["source"])]
    known = [("topic", topics), ("source", sources), ("language", list(LANGUAGES.items()))]
    if user.is_authenticated:
        known.append(("mark", [(value, label) for value, label in MARK_FILTERS.items() if value]))
    return [{"name": name, "value": chosen[name], "options": options} for name, options in known if len(options) > 1]


def _title(titles):
    titles = json.loads(titles)
    return titles.get(pick_language(titles), "—")
