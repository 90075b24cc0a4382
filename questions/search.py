"""The one door to search: which questions hold what was typed, the best first.

Only the index (`search_index`) differs between databases, and all it says is which entries have which words. What is
better than what is decided here, by whole numbers, so that both give the same questions in the same order:

1. everything stands in the title, shorter titles first;
2. something stands in the title, the rest below it;
3. everything stands often in the text;
4. everything stands somewhere in it.

Who may see what is not kept in the index either: `questions` are those that a reader may see, `Findable.said_to` gives
out words, and what is private is found under its owner's name only.
"""

from dataclasses import dataclass

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import BigIntegerField, Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Cast

from accounts.languages import wanted_languages
from questions import search_index
from questions.models import Answer, Findable, SearchEntry
from questions.models.search import LONGEST
from questions.search_index import Having, everywhere, in_title, often, partly_in_title

MOST = 200  # questions are listed: whoever has read ten pages asks better
SEVERAL = 5  # texts of a question may hold the same words: so many times as many are looked at
TIER = LONGEST + 1
# Where a rank, the primary key of a thing and its kind stand in one number: the smallest is the best, and says all.
RANK, THING = 2**46, 2**12


@dataclass(frozen=True)
class Hit:
    """A question, and what it was found by best: a row of one of `kinds()`."""

    question_id: int
    kind: str  # "note", "answer", "draft"
    thing_id: int


@dataclass(frozen=True)
class Hits:
    """The best ones in order, and whether there are more."""

    found: tuple[Hit, ...] = ()
    is_cut: bool = False


def kinds():
    """The models whose rows can be found."""
    return [model for model in apps.get_models() if issubclass(model, Findable)]


def find(questions, terms, user, *, is_part=False, source="", language="", has_answer=False) -> Hits:
    """Those of `questions` that hold all `terms` in something that `user` may see.

    They are all that the user may see, unless `is_part`.
    """
    if not terms:
        return Hits()
    entries = SearchEntry.objects.filter(may_be_seen(user))
    if source:
        entries = entries.filter(source__slug=source)
    if language:
        entries = entries.filter(language=language)
    if has_answer:
        answered = SearchEntry.objects.filter(question=OuterRef("question"), has_answer=True)
        entries = entries.filter(Exists(answered))
    shown = entries.filter(of_one_of(questions, user, is_part))
    asked = _enough(shown if is_part else entries.filter(is_live=True), terms)
    return _best(shown.filter(pk__in=Having(asked)), _rank(terms), MOST)


def suggest(questions, terms, user, most) -> Hits:
    """Those of `questions`, all that `user` may see, that have all `terms` in their title."""
    if not terms:
        return Hits()
    shown = of_one_of(questions, user)
    entries = SearchEntry.objects.filter(shown, owner=None, pk__in=Having(in_title(terms)))
    return _best(entries, F("title_length"), most)


def said(hits, user):
    """Querysets of (kind, primary key, language, HTML or text), to be united; what may not be seen is left out."""
    rows = []
    for model in kinds():
        kind = model._meta.model_name
        if pks := [hit.thing_id for hit in hits if hit.kind == kind]:
            shown = model.said_to(user).filter(pk__in=pks).order_by()
            rows.append(shown.values_list(Value(kind), "pk", "said_in", "said"))
    return rows


def may_be_seen(user):
    """Of entries: what is for everyone, one's own, and answers for those who decide on them."""
    seen = Q(owner=None)
    if user.is_authenticated:
        seen |= Q(owner=user)
    if user.is_staff and user.has_perm("questions.change_answer"):
        seen |= Q(content_type=ContentType.objects.get_for_model(Answer))
    return seen


def of_one_of(questions, user, is_part=False):
    """Of entries: on a live question, which everyone sees, or on one of `questions`; of a part, on those only.

    EXISTS, not a join: a rare word then looks at a few entries, never at all questions.
    """
    if not is_part and not user.is_authenticated:
        return Q(is_live=True)
    among = Exists(questions.order_by().filter(pk=OuterRef("question")))
    return among if is_part else Q(is_live=True) | among


def _enough(entries, terms):
    """What to ask the index for: if the titles alone fill the list, what is below them is not looked at."""
    titles = entries.filter(pk__in=Having(in_title(terms))).order_by().values("question").distinct()
    return Case(When(Exists(titles[MOST : MOST + 1]), then=in_title(terms)), default=everywhere(terms))


def _rank(terms):
    length = F("title_length")
    tiers = [When(pk__in=Having(in_title(terms)), then=length)]
    if len(terms) > 1:
        tiers.append(When(pk__in=Having(partly_in_title(terms)), then=TIER + length))
    tiers.append(When(pk__in=Having(often(terms)), then=Value(2 * TIER)))
    return Case(*tiers, default=Value(3 * TIER), output_field=BigIntegerField())


def _best(entries, rank, most):
    """The smallest rank first; of equal ones, what was there first. Shown in a language that the reader wants."""
    number = rank * Value(RANK) + F("object_id") * Value(THING) + F("content_type")
    rows = entries.order_by().annotate(number=Cast(number, BigIntegerField())).order_by("number")
    names = {ContentType.objects.get_for_model(model).pk: model._meta.model_name for model in kinds()}
    wanted = ["", *wanted_languages()]
    best = {}
    for question, one, language in rows.values_list("question", "number", "language")[: SEVERAL * most]:
        place = wanted.index(language) if language in wanted else len(wanted)
        if question not in best or place < best[question][0]:  # its place in the order is that of the first
            best[question] = place, Hit(question, names[one % THING], one % RANK // THING)
    hits = tuple(hit for _place, hit in best.values())
    return Hits(hits[:most], is_cut=len(hits) > most)


# --- The whole index ---------------------------------------------------------------------------------------------


def is_current():
    """Whether everything that can be found is in the index, as far as a glance at it tells."""
    if SearchEntry.objects.exclude(version=SearchEntry._meta.get_field("version").default).exists():
        return False
    return SearchEntry.objects.exists() or not any(model.findable().exists() for model in kinds())


def rebuild() -> int:
    """Makes the whole index anew, and returns how many entries it has."""
    with connection.cursor() as cursor:
        search_index.follow_entries(cursor.execute)
    SearchEntry.objects.all()._raw_delete("default")
    search_index.empty()
    for model in kinds():
        pks = model.findable().order_by("pk").values_list("pk", flat=True)
        model.follow(list(pks))
    return SearchEntry.objects.count()
