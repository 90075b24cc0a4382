"""A small site with one of everything on it: what its pages show is looked at in a browser."""

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone

from progress import interviewing, rounds
from progress.models import Answered, Bookmark, Draft, Habits, Plan, Review
from progress.practising import rate
from questions import takedown as takedowns
from questions.models import (
    Answer,
    Conflict,
    Import,
    Letter,
    Merge,
    MergeProposal,
    Note,
    Question,
    RenameCandidate,
    Source,
    Takedown,
    Topic,
    TopicNote,
    Upload,
)

EVERYTHING = (Path(__file__).parent / "everything.md").read_text("utf-8")
PASSWORD = "correct horse battery"


class World(SimpleNamespace):
    """Rows by what they are; each is the one that its kind's page is looked at with."""

    def question(self, title, answer="An answer.", *, on=None, language="en", **facts):
        n = Question.objects.count() + 1
        shelf = on or self.topic
        question = Question.objects.create(
            key=f"q-{n}", slug=f"q-{n}", topic=shelf, position=n, titles={language: title}, **facts
        )
        self.note(question, title, answer, language)
        return question

    def note(self, question, title, answer, language, source=None):
        return Note.objects.create(
            source=source or self.source,
            question=question,
            topic=question.topic,
            language=language,
            title=title,
            imported_title=title,
            answer=answer,
            file="notes.md",
            line=question.pk,
        )


def furnish():
    world = World()
    people(world)
    shelves(world)
    answers(world)
    practised(world)
    desk(world)
    return world


def people(world):
    for name in ("ada", "bo", "cy"):
        user = get_user_model().objects.create_user(name, f"{name}@example.org", PASSWORD)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        setattr(world, name, user)
    world.cleo = get_user_model().objects.create_superuser("cleo", "cleo@example.org", PASSWORD)
    world.email = EmailAddress.objects.create(user=world.cleo, email="cleo@example.org", verified=True, primary=True)
    world.group = Group.objects.create(name="curators")
    TOTP.activate(world.cy, generate_totp_secret())
    RecoveryCodes.activate(world.cy)
    world.passkey = Authenticator.objects.create(
        user=world.cy, type="webauthn", data={"name": "Phone", "passwordless": True, "credential": {}}
    )


def shelves(world):
    facts = {"author": "Zoe", "licence": "CC-BY-4.0", "mode": "full", "url": "https://github.com/zoe/notes"}
    world.source = Source.objects.create(
        slug="notes", title="LLM notes", language="zh-hans", commit="9f3c2a7b51", synced_at=timezone.now(), **facts
    )
    world.other = Source.objects.create(slug="others", title="Other notes", language="en", **facts)
    world.topic = Topic.objects.create(key="basics", slug="basics", titles={"en": "Basics", "zh-hans": "基础面"})
    below = Topic.objects.create(key="lower", slug="lower", titles={"zh-hans": "复读机问题"}, parent=world.topic)
    world.empty = Topic.objects.create(key="empty", slug="empty", titles={"en": "Nothing yet"}, position=2)
    world.topic_note = TopicNote.objects.create(
        source=world.source,
        topic=world.topic,
        language="zh-hans",
        title="基础面",
        imported_title="基础面",
        introduction="导语。",
        introduction_html="<p>导语：先说自己的答案。</p>",
    )
    world.plain = world.question("什么是涌现能力？", "模型变大后**突然**出现的能力。", language="zh-hans")
    world.rich = world.question("Prefix LM 与 Causal LM 有什么区别？", EVERYTHING, language="zh-hans", difficulty=2)
    world.note(world.rich, "How do a prefix LM and a causal LM differ?", EVERYTHING, "en")
    world.note(world.rich, "Prefix or causal?", "In **other** words.", "en", world.other)
    world.question("它们的注意力掩码分别长什么样？", EVERYTHING, language="zh-hans", parent=world.rich)
    world.question("And in training?", "", parent=world.rich)
    world.unanswered = world.question("Why do models repeat themselves?", "", on=below)
    world.retired = world.question("An old question?", "Old.", retired_at=timezone.now())
    for n in range(5):
        world.question(f"如果想要在某个模型基础上做全参数微调，究竟需要多少显存？之{n}", language="zh-hans", on=below)
    for kind in (Answered, Bookmark):
        kind.objects.bulk_create(kind(user=world.bo, question=one) for one in (world.plain, world.retired))
    world.drafted = world.plain
    Draft.objects.create(user=world.bo, question=world.drafted, text="我的**草稿** $O(n)$")
    Draft.objects.create(user=world.bo, question=world.unanswered, text="Sampling.")
    Habits.objects.create(user=world.bo, remind_at=8, easy_days=[5, 6])


def answers(world):
    world.answer = Answer.objects.create(
        question=world.rich, author=world.ada, language="zh-hans", text=EVERYTHING, state="published"
    )
    for state in Answer.State.values:
        Answer.objects.create(
            question=world.rich, author=world.bo, language="en", text="In my words.", state=state, reason="请补充例子。"
        )
    world.pending = Answer.objects.get(author=world.bo, state="pending")


def practised(world):
    """Bo recalled one question, held one interview and is in another, plans a topic and goes round it again."""
    now, questions = timezone.now(), Question.objects.live().filter(topic=world.topic)
    for days in (40, 9):
        rate(world.bo, world.plain, Review.Rating.GOOD, now - timedelta(days=days), uuid4(), 90)
    rate(world.bo, world.plain, Review.Rating.AGAIN, now, uuid4(), 30)
    world.held = interviewing.begin(world.bo, questions, now, 1, number=2, minutes=10)
    interviewing.finish(world.held.turns.asked().get(), now)
    world.running = interviewing.begin(world.bo, questions, now, 2, number=2, minutes=10)
    plan = Plan.objects.create(user=world.bo, by=now.date() + timedelta(days=30))
    plan.topics.add(world.topic)
    rounds.begin(world.bo, world.topic, 2, now)
    Answered.objects.create(user=world.bo, question=world.plain)  # and then it changes
    note = world.plain.notes.get()
    note.answer = "模型变大后**逐渐**出现的能力，`n > 1e10` 时。"
    note.save()


def desk(world):
    world.run = Import.objects.create(
        source=world.source,
        by=world.cleo,
        origin="https://github.com/zoe/notes",
        state="applied",
        counts={"questions": 2, "added": 1, "changed": 1},
        plan={"changes": [{"change": "added", "title": "New?", "file": "a.md", "line": 3, "key": "q-1"}]},
    )
    world.candidate = RenameCandidate.objects.create(
        old=world.retired, new=world.question("A new question?"), score=0.8, run=world.run
    )
    world.conflict = Conflict.objects.create(note=world.plain.notes.get(), title="涌现是什么？", answer="另一段。")
    first, second = world.question("What is a token?"), world.question("What is a token, really?")
    world.proposal = MergeProposal.objects.create(first=first, second=second, reason=4, score=0.9)
    world.merge = Merge.objects.create(kept=first, gone=second, by=world.cleo)
    world.upload = Upload.objects.bulk_create([Upload(owner=world.bo, file="uploads/a.png", width=4, height=3)])[0]
    complaint = {
        "name": "Zoe",
        "email": "zoe@example.org",
        "work": "My book",
        "addresses": "/questions/1/",
        "in_good_faith": True,
        "language": "en",
        "site": "http://testserver/",
        "verified_at": timezone.now(),
    }
    world.taken = world.question("Whose words are these?", "Long words that somebody else wrote first, in a book.")
    upheld = Takedown.objects.create(state="open", **complaint)
    takedowns.add_targets(upheld, [world.taken.notes.get()])
    takedowns.uphold(upheld, world.cleo, reason="It is so.")
    world.complaint = Takedown.objects.create(state="open", **complaint)
    takedowns.add_targets(world.complaint, [world.plain.notes.get()])
    world.unconfirmed = Takedown.objects.create(**complaint)
    world.letter = Letter.objects.create(takedown=world.complaint, kind="confirm", to="zoe@example.org", language="en")
