"""What it costs to say what is due: `make bench-practice`, on SQLite and PostgreSQL (BENCH_POSTGRES_URL).

20,000 questions, 10,000 readers and 1,000,000 reviews; every reader has come back from a break, so that much is due. It
prints the times of the two functions behind `/practice/` and of the whole page, and how many queries each asks.
"""

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

ROOT = Path(__file__).resolve().parent.parent
SMALL = bool(os.environ.get("BENCH_SMALL"))
QUESTIONS, READERS, REVIEWS_EACH = (2_000, 200, 100) if SMALL else (20_000, 10_000, 100)
ASKED = 400  # readers whose list is taken
BUDGET = 30  # ms, of 95 in 100
NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)


def main():
    if "--worker" in sys.argv:
        return worker()
    sys.path.insert(0, str(ROOT))
    from bench.importing import make_database

    with tempfile.TemporaryDirectory() as folder:
        urls = {"SQLite": f"sqlite:///{folder}/bench.sqlite3", "PostgreSQL": os.environ.get("BENCH_POSTGRES_URL", "")}
        for name, url in urls.items():
            if url:
                print(f"\n{name}")
                if name == "PostgreSQL":
                    make_database(url)
                environment = {**os.environ, "DATABASE_URL": url, "VAR_DIR": folder, "LOG_LEVEL": "WARNING"}
                environment["ALLOWED_HOSTS"] = "testserver"
                subprocess.run([sys.executable, __file__, "--worker"], cwd=ROOT, env=environment, check=True)


def worker():
    sys.path.insert(0, str(ROOT))
    os.environ["DJANGO_SETTINGS_MODULE"] = "interview_notes.settings"
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    fill()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    from django.contrib.auth import get_user_model

    from progress.choices import chosen
    from progress.practising import habits_of
    from progress.today import next_question, today_of

    readers = random.Random(1).sample(list(get_user_model().objects.order_by("pk")), min(ASKED, READERS))
    browser = Client()

    def due(reader):
        habits = habits_of(reader)
        today_of(reader, habits, NOW)
        assert next_question(reader, chosen(reader), habits, NOW)

    def page(reader):
        assert browser.get("/practice/").status_code == 200

    print(f"{'':24} {'p50':>7} {'p95':>7}  ms   queries   budget of p95: {BUDGET} ms")
    report("due list of a reader", readers, due)
    report("the page, signed in", readers[:100], page, browser.force_login)


def report(label, readers, act, before=None):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    times, queries = [], set()
    for number, reader in enumerate(readers):
        if before:
            before(reader)
        if number % 10 == 0:
            with CaptureQueriesContext(connection) as asked:
                act(reader)
            queries.add(len(asked))
            continue
        start = time.perf_counter()
        act(reader)
        times.append((time.perf_counter() - start) * 1000)
    cuts = statistics.quantiles(times, n=20)
    print(f"{label:24} {statistics.median(times):7.1f} {cuts[18]:7.1f}       {'/'.join(map(str, sorted(queries)))}")


def fill():
    """Reviews half a year to a month ago, and the Cards that follow from them."""
    from django.contrib.auth import get_user_model

    from progress.models import Card, Habits, Review
    from progress.practising import renew, wishes_of
    from progress.scheduling import remember
    from questions.models import Question, Topic

    dice = random.Random(7)
    topics = Topic.objects.bulk_create(
        Topic(key=f"t{n}", slug=f"t{n}", path=f"/{n + 1}/", pk=n + 1, titles={"en": f"Topic {n}"}) for n in range(80)
    )
    questions = Question.objects.bulk_create(
        (
            Question(key=f"q{n}", slug=f"q{n}", topic=topics[n % 80], position=n, titles={"en": f"Question {n}"})
            for n in range(QUESTIONS)
        ),
        1000,
    )
    User = get_user_model()
    readers = User.objects.bulk_create(
        (User(username=f"r{n}", email=f"r{n}@example.org") for n in range(READERS)), 1000
    )
    wishes = wishes_of(readers[0], Habits(user=readers[0]))
    event = 0
    for start in range(0, READERS, 200):
        reviews, cards = [], []
        for reader in readers[start : start + 200]:
            for question in dice.sample(questions, REVIEWS_EACH // 2):
                first = NOW - timedelta(days=dice.randint(30, 180), minutes=dice.randint(0, 600))
                history = [(dice.choice((1, 2, 3, 3, 4)), first), (dice.choice((1, 3, 3)), first + timedelta(days=3))]
                for rating, at in history:
                    event += 1
                    reviews.append(Review(user=reader, question=question, rating=rating, at=at, event=UUID(int=event)))
                card = Card(user=reader, question=question, started_at=first)
                renew(card, remember(history), wishes)
                cards.append(card)
        Review.objects.bulk_create(reviews, 2000)
        Card.objects.bulk_create(cards, 2000)
        print(f"\r{event} reviews …", end="", flush=True, file=sys.stderr)
    print(file=sys.stderr)


if __name__ == "__main__":
    main()
