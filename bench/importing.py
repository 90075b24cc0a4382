"""What an import costs, as ratios in one run: `make bench-import`, or with a folder of notes as argument.

Parsing the same files with markdown-it-py alone is 1.0. Each figure is the best of several rounds, taken in turns, on
SQLite and on PostgreSQL (BENCH_POSTGRES_URL). Nothing here is a test: it prints, and people judge.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORDS = (
    "attention mask token batch gradient cache rotary expert loss layer train prefix decode quantise shard memory "
    "注意力 掩码 词元 批次 梯度 缓存 旋转位置 专家 损失 训练 前缀 解码 量化 切分 显存 吞吐"
).split()
ROUNDS = 3


SIZES = (25_000, 50_000, 100_000)  # questions of the imports whose memory is measured


def main():
    if "--memory" in sys.argv:
        return whole_import(Path(sys.argv[-1]))
    if "--worker" in sys.argv:
        return worker(Path(sys.argv[-1]))
    with tempfile.TemporaryDirectory() as folder:
        notes = Path(sys.argv[1]) if len(sys.argv) > 1 else made_up(Path(folder) / "notes", 20_000)
        urls = {"SQLite": f"sqlite:///{folder}/bench.sqlite3", "PostgreSQL": os.environ.get("BENCH_POSTGRES_URL", "")}
        for name, url in urls.items():
            if url:
                print(f"\n{name}")
                if name == "PostgreSQL":
                    make_database(url)
                environment = {**os.environ, "DATABASE_URL": url, "VAR_DIR": folder, "LOG_LEVEL": "WARNING"}
                command = [sys.executable, __file__, "--worker", str(notes)]
                subprocess.run(command, cwd=ROOT, env=environment, check=True)
        if len(sys.argv) == 1:
            memory(Path(folder), urls)


def memory(folder, urls):
    """Prints what whole imports take, each in a process and a database of its own: peak memory and time."""
    for count in SIZES:
        shapes = {
            "one file": one_file(folder / f"one-{count}", count),
            "folder": made_up(folder / f"many-{count}", count),
        }
        for (shape, notes), (name, url) in product(shapes.items(), urls.items()):
            if not url:
                continue
            url = f"sqlite:///{folder}/{notes.name}.sqlite3" if name == "SQLite" else url
            if name == "PostgreSQL":
                make_database(url)
            environment = {**os.environ, "DATABASE_URL": url, "VAR_DIR": str(folder), "LOG_LEVEL": "WARNING"}
            command = [sys.executable, __file__, "--memory", str(notes)]
            told = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout
            print(f"{name:10} {count:7,} questions, {shape:8} {told.splitlines()[-1]}", flush=True)


def whole_import(notes):
    """Runs the command, and tells the most memory that it had and the seconds that it took."""
    commands = [["migrate", "-v0"], ["import_notes", str(notes), "--source=bench", "--licence=MIT", "--language=en"]]
    for command in commands:
        start = time.perf_counter()
        with subprocess.Popen([sys.executable, "manage.py", *command], cwd=ROOT, stdout=subprocess.DEVNULL) as process:
            _pid, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(process.returncode)
    print(f"{used.ru_maxrss / 1024:4.0f} MB  {time.perf_counter() - start:6.1f} s")


def make_database(url):
    """An empty database at `url`, beside the one named postgres; what had that name before is dropped."""
    import psycopg
    from psycopg import sql

    server, _, name = url.rpartition("/")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        for verb in ("DROP DATABASE IF EXISTS", "CREATE DATABASE"):
            connection.execute(sql.SQL("{} {}").format(sql.SQL(verb), sql.Identifier(name)))


def made_up(folder, count):
    """A folder of `count` questions, 100 a file, with answers of a few paragraphs in mixed scripts."""
    chance = random.Random(1)
    folder.mkdir(parents=True)
    for f in range(count // 100):
        lines = [f"# Topic {f}", ""]
        for q in range(100):
            lines += [f"## {q + 1}. How does {chance.choice(WORDS)} number {f}-{q} work?", ""]
            for _ in range(3):
                lines += [" ".join(chance.choices(WORDS, k=40)) + ", **so** it `works`.", ""]
        (folder / f"topic-{f:04}.md").write_text("\n".join(lines), encoding="utf-8")
    return folder


def one_file(folder, count):
    """A folder with `count` short questions in a single file."""
    chance = random.Random(1)
    folder.mkdir(parents=True)
    lines = ["# Zebras", ""]
    for q in range(count):
        lines += [
            f"## {q + 1}. How does number {q} work?",
            "",
            f"{' '.join(chance.choices(WORDS, k=2))} because {q}.",
            "",
        ]
    (folder / "notes.md").write_text("\n".join(lines), encoding="utf-8")
    return folder


def worker(folder):
    sys.path.insert(0, str(ROOT))
    os.environ["DJANGO_SETTINGS_MODULE"] = "interview_notes.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from markdown_it import MarkdownIt

    from questions.importing.apply import apply
    from questions.importing.plan import make_plan
    from questions.importing.provenance import source_for
    from questions.importing.read import read
    from questions.importing.unchanged import is_unchanged
    from questions.markdown.reading.notes import read_notes
    from questions.models import Note, Question, Source, Topic

    call_command("migrate", verbosity=0)
    bare_parser = MarkdownIt("commonmark").enable("table")
    reading = read(folder)
    times = {}

    def take(name, act):
        start = time.perf_counter()
        result = act()
        spent = time.perf_counter() - start
        times[name] = min(spent, times.get(name, spent))
        return result

    def bare():
        for text in reading.files.values():
            bare_parser.parse(text)

    def plan():
        notes = read_notes(reading.files)
        source, _ = source_for(notes, reading, slug="bench", licence="MIT", language="en")
        return make_plan(source, notes, reading)

    def unchanged():
        assert is_unchanged(Source.objects.get(slug="bench"), read(folder))

    def forget():
        for model in (Note, Question):
            model.objects.all().delete()
        Source.objects.filter(slug="bench").delete()
        Topic.objects.all().delete()

    for _ in range(ROUNDS):
        forget()
        take("bare parse", bare)
        first = take("plan of new notes", plan)
        with CaptureQueriesContext(connection) as captured:
            take("apply, first time", lambda first=first: apply(first, reading))
        take("same bytes, recognised", unchanged)
        again = take("plan, nothing changed", plan)
        take("apply, nothing changed", lambda again=again: apply(again, reading))
    report(times, len(first.questions), len(captured))


def report(times, count, queries):
    base = times["bare parse"]
    print(f"{count} questions; {queries} queries for the first apply ({queries / max(1, count):.3f} a question)")
    for name, spent in times.items():
        print(f"  {name:24} {spent:7.2f} s   {spent / base:6.2f} × bare parse")
    first = times["plan of new notes"] + times["apply, first time"]
    again = times["plan, nothing changed"] + times["apply, nothing changed"]
    print(f"  same bytes, recognised ÷ first import: {times['same bytes, recognised'] / first:.3f}")
    print(f"  same bytes, planned in full ÷ first import: {again / first:.3f}")


if __name__ == "__main__":
    main()
