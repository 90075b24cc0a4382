"""What the site itself hangs on a question, and how each kind of it goes along when two questions become one.

A kind says which foreign keys to Question it answers for (`relations`), moves its rows by a Merge and returns a record
(of primary keys, as JSON), and takes exactly that back when the Merge is undone.
"""

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from questions.models import Answer, MergeProposal, Note, Question, RenameCandidate


def pks(queryset):
    return list(queryset.order_by("pk").values_list("pk", flat=True))


class Addresses:
    """The address of the question that goes leads to the one that stays, and so do those that led to it before."""

    relations = {"Question.merged_into"}

    def move(self, merge):
        led_here = Question.objects.filter(merged_into=merge.gone)
        record = pks(led_here)
        led_here.update(merged_into=merge.kept)
        merge.gone.merged_into = merge.kept
        merge.gone.save(update_fields=["merged_into"])
        return record

    def take_back(self, merge, record):
        Question.objects.filter(pk__in=record, merged_into=merge.kept).update(merged_into=merge.gone)
        merge.gone.merged_into = None
        merge.gone.save(update_fields=["merged_into"])


class Notes:
    """Both questions' notes stand on the one that stays: the next import finds them there."""

    relations = {"Note.question"}

    def move(self, merge):
        record = {"moved": pks(merge.gone.notes), "stood": pks(merge.kept.notes), "languages": list(merge.kept.titles)}
        merge.gone.notes.update(question=merge.kept)
        merge.kept.gather_titles()
        return record

    def take_back(self, merge, record):
        """With them goes what an import has tied to the key of the question that was gone."""
        here = merge.kept.notes.filter(pk__in=record["moved"])
        tied = merge.kept.notes.filter(key_in_source=merge.gone.key).exclude(pk__in=record["stood"])
        Note.objects.filter(pk__in=[*pks(here), *pks(tied)]).update(question=merge.gone)
        self._give_back_titles(merge, record["languages"])
        for question in (merge.kept, merge.gone):
            question.gather_titles()
            if question.retired_at is None and question.notes.exists() and not question.notes.live().exists():
                question.retired_at = timezone.now()  # its source has dropped it in the meantime
                question.save(update_fields=["retired_at"])

    def _give_back_titles(self, merge, languages):
        """Those of its own notes; the record has no titles, as a takedown may have removed one since."""
        own = dict(merge.kept.notes.exclude(title="").order_by("-pk").values_list("language", "title"))
        of_the_other = set(merge.gone.titles.values())
        titles = {
            code: own.get(code, title)
            for code, title in merge.kept.titles.items()
            if code in languages and (code in own or title not in of_the_other)
        }
        merge.kept.entitle(titles)
        merge.kept.save(update_fields=merge.kept.TITLES)


class FollowUps:
    """They follow up the question that stays, and stand on its topic if they stood beside the one that goes."""

    relations = {"Question.parent", "Note.parent"}

    def move(self, merge):
        kept, gone = merge.kept, merge.gone
        below = self._below(gone)
        record = {"parent": None, "topic": kept.topic_id, "was_on": gone.topic_id}
        if kept.pk in below:  # it takes the place of what it followed up: nothing follows up on itself
            record["parent"] = [kept.parent_id, gone.parent_id]
            kept.parent_id = gone.parent_id
            kept.save(update_fields=["parent"])
        children, notes = Question.objects.filter(parent=gone), Note.objects.filter(parent=gone)
        beside = Question.objects.filter(pk__in=below - {kept.pk}, topic=gone.topic_id).exclude(topic=kept.topic_id)
        record |= {"children": pks(children), "notes": pks(notes), "placed": pks(beside)}
        beside.update(topic=kept.topic_id)
        children.update(parent=kept)
        notes.update(parent=kept)
        return record

    def take_back(self, merge, record):
        """But for what a curator has moved elsewhere since."""
        kept, gone = merge.kept, merge.gone
        Question.objects.filter(pk__in=record["children"], parent=kept).update(parent=gone)
        Note.objects.filter(pk__in=record["notes"], parent=kept).update(parent=gone)
        Question.objects.filter(pk__in=record["placed"], topic=record["topic"]).update(topic=record["was_on"])
        if record["parent"] and kept.parent_id == record["parent"][1]:
            kept.parent_id = record["parent"][0]
            kept.save(update_fields=["parent"])

    def _below(self, question):
        found, level = set(), {question.pk}
        while level:
            level = set(pks(Question.objects.filter(parent__in=level))) - found - {question.pk}
            found |= level
        return found


class Answers:
    """They move, and keep their addresses. Of two that wait from one author, the earlier steps back, with a reason."""

    relations = {"Answer.question"}

    def move(self, merge):
        record = {"moved": pks(merge.gone.answers), "withdrawn": []}
        waiting = Answer.objects.pending().filter(question__in=(merge.kept, merge.gone), author__isnull=False)
        latest = {}
        for answer in waiting.select_for_update().order_by("-submitted_at", "-pk"):
            if latest.setdefault(answer.author_id, answer) is not answer:
                self._withdraw(answer, merge)
                record["withdrawn"].append(answer.pk)
        merge.gone.answers.update(question=merge.kept)
        return record

    def _withdraw(self, answer, merge):
        with translation.override(answer.language):
            answer.reason = _(
                "Two questions have become one, and you have sent an answer to each. The later one waits for a "
                "curator; this one is kept here for you."
            )
        answer.state, answer.decided_by, answer.decided_at = Answer.State.WITHDRAWN, merge.by, merge.at
        answer.save(update_fields=["state", "reason", "decided_by", "decided_at"])

    def take_back(self, merge, record):
        Answer.objects.filter(pk__in=record["moved"], question=merge.kept).update(question=merge.gone)
        stepped_back = Answer.objects.filter(pk__in=record["withdrawn"], decided_at=merge.at, state="withdrawn")
        for answer in stepped_back.select_for_update():
            waits_already = Answer.objects.pending().filter(question=answer.question_id, author=answer.author_id)
            if not waits_already.exists():
                answer.state, answer.reason, answer.decided_by, answer.decided_at = Answer.State.PENDING, "", None, None
                answer.save(update_fields=["state", "reason", "decided_by", "decided_at"])


class Proposals:
    """What was proposed of the question that goes is proposed of the one that stays; undone, the pair waits again."""

    relations = {"MergeProposal.first", "MergeProposal.second"}

    def move(self, merge):
        pair = MergeProposal.objects.between(merge.kept, merge.gone).filter(decided_at=None)
        record = {"accepted": pks(pair), "followed": []}
        pair.update(decided_at=merge.at, decided_by=merge.by, accepted=True)
        for proposal in self._waiting_for(merge.gone):
            if self._follow(proposal, merge.gone, merge.kept):
                record["followed"].append(proposal.pk)
        return record

    def take_back(self, merge, record):
        MergeProposal.objects.filter(pk__in=record["accepted"]).update(decided_at=None, decided_by=None, accepted=None)
        for proposal in self._waiting_for(merge.kept).filter(pk__in=record["followed"]):
            self._follow(proposal, merge.kept, merge.gone)

    def _waiting_for(self, question):
        waiting = MergeProposal.objects.filter(decided_at=None)
        return waiting.filter(first=question) | waiting.filter(second=question)

    def _follow(self, proposal, before, after):
        other = proposal.second_id if proposal.first_id == before.pk else proposal.first_id
        first, second = sorted((other, after.pk))
        if first == second or MergeProposal.objects.filter(first=first, second=second).exists():
            return False
        proposal.first_id, proposal.second_id = first, second
        proposal.save(update_fields=["first", "second"])
        return True


class Renames:
    """Whether one of the two may be the other under a new name is decided by the merge, and open again without it."""

    relations = {"RenameCandidate.old", "RenameCandidate.new"}

    def move(self, merge):
        pair = RenameCandidate.objects.filter(old=merge.kept, new=merge.gone, decided_at=None)
        record = pks(pair)
        if record:
            pair.update(decided_at=merge.at, decided_by=merge.by, accepted=True)
        return record

    def take_back(self, merge, record):
        RenameCandidate.objects.filter(pk__in=record).update(decided_at=None, decided_by=None, accepted=None)
