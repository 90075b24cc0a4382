"""Makes one question of two, with everything that hangs on them, and two of it again.

Whatever hangs on a question is a kind, as in `questions.merging`, and stands in KINDS. A new kind is one more
line there.
"""

from copy import copy
from datetime import datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from progress.models import Answered, Bookmark, Draft, Review, RoundAnswered, Turn
from progress.practising import refold
from questions.merging import Addresses, Answers, FollowUps, Notes, Proposals, Renames, pks
from questions.models import Answer, Merge, Note, Question, Source
from questions.models.titles import pick_language

BATCH = 500


class CannotMerge(Exception):
    """With the reason, for the curator to read."""


class Marks:
    """Rows of one kind of Mark. Those on the question that goes stay there, for the way back.

    A reader who has none on the question that stays gets a copy on it; who has one on both keeps the earlier time.
    """

    times = ("created_at",)

    def __init__(self, model):
        self.model = model
        self.relations = {f"{model.__name__}.question"}

    def move(self, merge):
        here, there = self._by_reader(merge.kept), self._by_reader(merge.gone)
        originals = [mark for reader, mark in there.items() if reader not in here]
        both = [(here[reader], mark) for reader, mark in there.items() if reader in here]
        copies = self._copy(originals, merge.kept)
        return {"copied": [mark.pk for mark in copies], "since": self._backdate(both)} | self._unite(both, merge)

    def take_back(self, merge, record):
        here, there = self._by_reader(merge.kept), self._by_reader(merge.gone)
        both = [(here[reader], mark) for reader, mark in there.items() if reader in here]
        copied, since = set(record["copied"]), dict(record["since"])
        copies = [mark.pk for mark, original in both if mark.pk in copied and self._is_copy(mark, original)]
        changed = [mark for mark, original in both if mark.pk in since and mark.created_at == original.created_at]
        for mark in changed:
            mark.created_at = datetime.fromisoformat(since[mark.pk])
        self.model.objects.bulk_update(changed, ["created_at"], BATCH)
        self.model.objects.filter(pk__in=copies).delete()
        return both

    def _by_reader(self, question):
        return {mark.user_id: mark for mark in self.model.objects.select_for_update().filter(question=question)}

    def _copy(self, originals, question):
        copies = []
        for original in originals:
            mark = copy(original)
            mark.pk, mark.question = None, question
            copies.append(mark)
        self.model.objects.bulk_create(copies, BATCH)
        for mark, original in zip(copies, originals, strict=True):  # making a row sets its times to now
            for name in self.times:
                setattr(mark, name, getattr(original, name))
        self.model.objects.bulk_update(copies, self.times, BATCH)
        return copies

    def _backdate(self, both):
        """The earlier time stands; returns which marks had which time before."""
        later = [(mark, other) for mark, other in both if other.created_at < mark.created_at]
        since = [[mark.pk, mark.created_at.isoformat()] for mark, _other in later]
        for mark, other in later:
            mark.created_at = other.created_at
        self.model.objects.bulk_update([mark for mark, _other in later], ["created_at"], BATCH)
        return since

    def _unite(self, both, merge):
        return {}

    def _is_copy(self, mark, original):
        return True


class Drafts(Marks):
    """Of two different texts of one reader, that of the question that goes is written below the other.

    The record has the length of the text before, not the text: a reader's words stand in their own rows only.
    """

    times = ("created_at", "updated_at")

    def _unite(self, both, merge):
        added = [(draft, draft.text, other) for draft, other in both if other.text.strip() not in draft.text]
        for draft, text, other in added:
            draft.text = f"{text}\n\n{self._where_from(merge)}\n\n{other.text}" if text.strip() else other.text
            # Above the versions of both: a tab that is still open on either is told before it overwrites this.
            draft.version = max(draft.version, other.version) + 1
            draft.updated_at = max(draft.updated_at, other.updated_at)
        drafts = [draft for draft, _text, _other in added]
        self.model.objects.bulk_update(drafts, ["text", "version", "updated_at"], BATCH)
        return {"added": [[draft.pk, draft.version, len(text)] for draft, text, _other in added]}

    def _where_from(self, merge):
        with translation.override(pick_language(merge.kept.titles, settings.LANGUAGE_CODE)):
            line = _("*From your draft on “%(title)s”, which has become one with this question:*")
            return line % {"title": merge.gone.title.replace("*", "")}

    def take_back(self, merge, record):
        both = super().take_back(merge, record)
        added = {pk: (version, length) for pk, version, length in record["added"]}
        untouched = [draft for draft, _other in both if added.get(draft.pk, ())[:1] == (draft.version,)]
        for draft in untouched:
            draft.text = draft.text[: added[draft.pk][1]]
            draft.version += 1
        self.model.objects.bulk_update(untouched, ["text", "version"], BATCH)

    def _is_copy(self, mark, original):
        """What a reader has changed since stays where they have changed it."""
        return mark.text == original.text


class Reviews:
    """The log of both questions becomes one, and the Cards are made of it anew."""

    relations = {"Review.question", "Card.question"}

    def move(self, merge):
        record = pks(Review.objects.filter(question=merge.gone))
        self._hang(record, merge.kept)
        self._refold(record, merge)
        return record

    def take_back(self, merge, record):
        self._hang(record, merge.gone)
        self._refold(record, merge)

    def _hang(self, record, question):
        for part in in_parts(record):
            Review.objects.filter(pk__in=part).update(question=question)

    def _refold(self, record, merge):
        readers = {user for part in in_parts(record) for user in _readers_of(part)}
        for user in get_user_model().objects.filter(pk__in=readers):
            refold(user, [merge.kept.pk, merge.gone.pk])


class Kept:
    """What a reader has kept of an earlier day, a row a question: it goes along, unless it stands there already."""

    def __init__(self, model, once_a):
        self.model, self.once_a = model, once_a
        self.relations = {f"{model.__name__}.question"}

    def move(self, merge):
        here = self.model.objects.filter(question=merge.kept).values(self.once_a)
        record = pks(self.model.objects.filter(question=merge.gone).exclude(**{f"{self.once_a}__in": here}))
        self._hang(record, merge.kept)
        return record

    def take_back(self, merge, record):
        self._hang(record, merge.gone)

    def _hang(self, record, question):
        for part in in_parts(record):
            self.model.objects.filter(pk__in=part).update(question=question)


def in_parts(pks):
    return (pks[start : start + BATCH] for start in range(0, len(pks), BATCH))


def _readers_of(reviews):
    return Review.objects.filter(pk__in=reviews).order_by().values_list("user", flat=True).distinct()


KINDS = {
    "addresses": Addresses(),
    "notes": Notes(),
    "follow_ups": FollowUps(),
    "answers": Answers(),
    "bookmarks": Marks(Bookmark),
    "answered": Marks(Answered),
    "drafts": Drafts(Draft),
    "reviews": Reviews(),
    "turns": Kept(Turn, once_a="pk"),
    "rounds": Kept(RoundAnswered, once_a="round"),
    "proposals": Proposals(),
    "renames": Renames(),
}


def merge(kept, gone, by):
    """Merges question `gone` into `kept` and returns the Merge. Raises CannotMerge."""
    with transaction.atomic():
        kept, gone = _locked(kept, gone)
        if reason := reason_against(kept, gone):
            raise CannotMerge(reason)
        merge = Merge(kept=kept, gone=gone, by=by, at=timezone.now())
        merge.moved = {name: kind.move(merge) for name, kind in KINDS.items()}
        merge.save()
        _let_search_follow(kept, gone)
    return merge


def undo(merge, by):
    """Takes back what `merge` did; what was changed since stays on the question that was kept. Raises CannotMerge."""
    with transaction.atomic():
        kept, gone = _locked(merge.kept, merge.gone)
        merge = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
        if merge.undone_at:
            raise CannotMerge(_("This merge has been undone already."))
        if kept.merged_into_id:
            raise CannotMerge(_("The question that stayed has been merged itself since: undo that first."))
        merge.kept, merge.gone = kept, gone
        for name in reversed(KINDS):
            if name in merge.moved:  # a kind may be younger than the merge
                KINDS[name].take_back(merge, merge.moved[name])
        merge.undone_by, merge.undone_at = by, timezone.now()
        merge.save(update_fields=["undone_by", "undone_at"])
        _let_search_follow(kept, gone)
    return merge


def _let_search_follow(*questions):
    for model in (Note, Answer, Draft):
        model.follow_question(*questions)


def reason_against(kept, gone):
    """Why `gone` cannot be merged into `kept`, or ""."""
    if kept.pk == gone.pk:
        return _("A question cannot be merged with itself.")
    if kept.merged_into_id or gone.merged_into_id:
        return _("One of the two has been merged into another question already.")
    if kept.retired_at and not gone.retired_at:
        return _("The question that stays is retired: restore it first, or let the other one stay.")
    return ""


def _locked(kept, gone):
    """Both as they are now, held until the end of the transaction.

    First the readers whose Cards are made anew, as who rates holds themselves first too; then their sources, whose
    imports write to them; then every question concerned, always in the same order.
    """
    pair = (kept.pk, gone.pk)
    reviewed = Review.objects.filter(question__in=pair).order_by().values("user")
    readers = get_user_model().objects.select_for_update(no_key=True).filter(pk__in=reviewed).order_by("pk")
    list(readers.values_list("pk", flat=True))
    sources = Note.objects.filter(question__in=pair).order_by().values("source")
    list(Source.objects.select_for_update().filter(pk__in=sources).order_by("pk"))
    concerned = Question.objects.filter(Q(pk__in=pair) | Q(merged_into__in=pair)).order_by("pk")
    found = {question.pk: question for question in concerned.select_for_update()}
    return found[kept.pk], found[gone.pk]
