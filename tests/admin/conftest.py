"""The desk with something on it."""

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from questions.models import Answer, Conflict, Import, RenameCandidate, Source, Topic, TopicNote, Upload


@pytest.fixture
def desk(client, cleo):
    client.force_login(cleo)
    return client


@pytest.fixture
def answer(ada, question):
    return Answer.objects.create(question=question, author=ada, language="en", text="They **confuse** flies.")


@pytest.fixture
def fill(source, topic, make_question, cleo):
    """Puts `rows` more of everything on the desk; all of it hangs on different rows, so that nothing is shared."""
    made = []

    def fill(rows):
        for n in range(len(made), len(made) + rows):
            made.append(n)
            author = get_user_model().objects.create_user(f"reader-{n}", f"reader-{n}@example.org")
            shelf = Topic.objects.create(key=f"shelf-{n}", slug=f"shelf-{n}", titles={"en": f"Shelf {n}"}, parent=topic)
            other = Source.objects.create(slug=f"s-{n}", title=f"Source {n}", licence="MIT", mode="full", language="en")
            TopicNote.objects.create(source=other, topic=topic, language="fr", title=f"Zèbres {n}", imported_title="Z")
            question = make_question(f"Question {n}?", on=shelf)
            make_question(f"Follow-up {n}?", on=shelf, parent=question)
            note = question.notes.get()
            Conflict.objects.create(note=note, title="Theirs", answer="Theirs")
            Answer.objects.create(question=question, author=author, language="en", text=f"Answer {n}")
            Answer.objects.create(question=question, author=author, language="en", text="Old", state="published")
            Upload.objects.bulk_create([Upload(owner=author, file=f"uploads/{n:032x}.png", width=4, height=3)])
            run = Import.objects.create(
                source=other,
                by=author,
                origin="/notes",
                state="applied",
                counts={"questions": 1, "added": 1},
                plan={"changes": [{"change": "added", "title": f"Question {n}?", "file": "a.md", "line": n}]},
            )
            old, new = make_question(f"Old {n}?", retired_at=timezone.now()), make_question(f"New {n}?")
            RenameCandidate.objects.create(old=old, new=new, score=0.8, run=run)

    return fill
