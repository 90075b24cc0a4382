"""What a search costs among 20,000 questions: `make bench-search`, on SQLite and PostgreSQL (BENCH_POSTGRES_URL).

The search itself, asked by a reader, and whole pages as a browser gets them: session, search, words, marks, template;
one after the other. The notes are made of lines of the bundled ones, so that words are as common as they are there. It
prints; people judge.
"""

import os
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COUNT = int(os.environ.get("BENCH_QUESTIONS", "20000"))
ROUNDS = 15
BUDGET = 50  # ms, of 95 in 100 pages
SEARCHES = {
    "very common": "模型",
    "one character": "的",
    "one character, rarer": "熵",
    "one Latin letter": "q",
    "beginning of a word": "at",
    "a word": "transformer",
    "in many titles": "什么",
    "common, not in titles": "因此",
    "four characters": "自注意力",
    "two words": "LoRA 显存",
    "traditional": "顯存優化",
    "mixed": "KV缓存",
    "with signs": "gpt-4o",
    "a miss": "绝无此词之处",
    "a sentence": "为什么大模型在推理的时候需要这么多显存而且越来越慢",
    "filters": "模型&answered=on&language=zh-hans",
    "mark": "模型&mark=unanswered",
}


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

    from progress.marks import visible_questions
    from questions.search import find
    from questions.search_words import terms_of

    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    reader = made_up()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    browsers = [Client(headers={"accept-language": "zh-CN"}) for _ in range(2)]
    browsers[1].force_login(reader)
    print(f"ms, p50 and p95{'':8} {'hits':>4}  {'search':>13}  {'page':>13}  {'page, signed in':>15}")
    finds, pages, hints = [], [], []
    for name, typed in SEARCHES.items():
        words, _, filters = typed.partition("&")
        line = [times(lambda words=words: find(visible_questions(reader), terms_of(words), reader))]
        finds += line[0]
        for browser in browsers:
            is_possible = browser is browsers[1] or "mark=" not in filters
            line.append(times(lambda typed=typed, browser=browser: browser.get(f"/search/?q={typed}")) * is_possible)
            pages += line[-1]
        said = re.search(r'search-count">\D*(\d+)', browsers[1].get(f"/search/?q={typed}").content.decode())
        print(f"{name:23} {said[1] if said else 0:>4}  {'  '.join(map(p50_p95, line))}")
    for typed in ("模", "模型", "tr", "transf", "显存", "的"):
        hints += times(lambda typed=typed: browsers[1].get(f"/search/suggest/?q={typed}"))
    for name, spent in (("search", finds), ("page", pages), ("suggestions", hints)):
        over = "" if sorted(spent)[int(len(spent) * 0.95)] <= BUDGET else f"  OVER {BUDGET} ms"
        print(f"{name + ', all of them':28}  {p50_p95(spent)}{over}")
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")


def times(act):
    act()
    spent = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        act()
        spent.append((time.perf_counter() - start) * 1000)
    return spent


def p50_p95(spent):
    if not spent:
        return f"{'–':>6} {'–':>6}"
    return f"{sorted(spent)[len(spent) // 2]:6.1f} {sorted(spent)[int(len(spent) * 0.95)]:6.1f}"


def made_up():
    """A reader with drafts and marks, and COUNT questions with a note each; returns the reader."""
    from django.contrib.auth import get_user_model
    from django.db import connection

    from progress.models import Answered, Draft
    from questions.models import Note, Question, Source, Topic

    chance = random.Random(1)
    files = (ROOT / "content" / "zh-hans").rglob("*.md")
    lines = [line.strip() for file in sorted(files) for line in file.read_text("utf-8").splitlines()]
    titles = [line.lstrip("# ") for line in lines if line.startswith("##")]
    lines = [line for line in lines if len(line) > 15 and line[0] not in "#|`<"]
    facts = {"licence": "MIT", "mode": "full", "language": "zh-hans"}
    source = Source.objects.create(slug="bench", title="Bench", **facts)
    Source.objects.create(slug="other", title="Other", **facts)
    topics = [
        Topic.objects.create(key=f"t{n}", slug=f"t{n}", position=n, titles={"zh-hans": f"专题 {n}"}) for n in range(60)
    ]
    indexing = size = 0
    for start in range(0, COUNT, 500):
        questions, notes = [], []
        for n in range(start, min(start + 500, COUNT)):
            title = f"{chance.choice(titles)} {n}"
            names = {"titles": {"zh-hans": title}, "topic": topics[n % 60], "position": n}
            questions.append(Question(key=f"q{n}", slug=f"q{n}", **names))
        Question.objects.bulk_create(questions)
        for question in questions:
            words = "".join(f"<p>{line}</p>" for line in chance.choices(lines, k=9))
            size += len(words)
            said = {"title": question.titles["zh-hans"], "answer": "x", "answer_html": words, "language": "zh-hans"}
            notes.append(Note(source=source, question=question, topic=question.topic, imported_title="", **said))
        Note.objects.bulk_create(notes)
        began = time.perf_counter()
        Note.enter(notes)
        indexing += time.perf_counter() - began
    reader, other = (get_user_model().objects.create_user(name) for name in ("ada", "bo"))
    some = list(Question.objects.order_by("pk")[:2000])
    Answered.objects.bulk_create([Answered(user=reader, question=question) for question in some[:1000]])
    for user, count in ((reader, 300), (other, 2000)):
        Draft.objects.bulk_create([Draft(user=user, question=one, text=chance.choice(lines)) for one in some[:count]])
    Draft.follow(Draft.objects.values_list("pk", flat=True))
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'questions_search_words%'")
        else:
            cursor.execute("SELECT pg_total_relation_size('questions_search_words')")
        index = cursor.fetchone()[0]
    print(
        f"{COUNT} questions of {size // COUNT} characters: indexed in {indexing:.1f} s, {index / 1e6:.0f} MB of index"
    )
    return reader


if __name__ == "__main__":
    main()
