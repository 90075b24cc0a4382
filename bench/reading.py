"""How well, and how fast, note files are read: python bench/reading.py CHECKOUTS [REPOSITORY …] [--misses N]

CHECKOUTS holds one checkout a folder, named and at the commit as in tests/reading/truth/*.json (`--list` names them).
The truth was written by hand from the Markdown alone; it is kept as lines and hashes, and covers whole files.
"""

import argparse
import hashlib
import json
import sys
import time
import unicodedata
from collections import defaultdict
from pathlib import Path

from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from questions.markdown.reading.notes import read_notes  # noqa: E402
from questions.markdown.reading.titles import normalise  # noqa: E402

TRUTH = ROOT / "tests" / "reading" / "truth"
COLUMNS = ("recall", "precision", "title", "path", "answer?", "start", "end")


def hashed(text):
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def files_of(folder):
    files = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in (".md", ".markdown") and path.is_file() and ".git" not in path.parts:
            name = unicodedata.normalize("NFC", str(path.relative_to(folder)))
            files[name] = path.read_text("utf-8", "replace").lstrip("\ufeff").replace("\r\n", "\n")
    return files


def pair(rows, questions):
    """Pairs (truth, question) by title within a file, twins by the nearest line; the rest are missed or made up."""
    waiting = defaultdict(list)
    for question in questions:
        waiting[hashed(normalise(question.title))].append(question)
    pairs, missed = [], []
    for row in rows:
        near = waiting[row[1]]
        if near:
            question = min(near, key=lambda question: abs(question.line - row[0]))
            near.remove(question)
            pairs.append((row, question))
        else:
            missed.append(row)
    return pairs, missed, [question for rest in waiting.values() for question in rest]


def judge(truth, notes):
    """Counts of what is right, and a list of sentences about what is not."""
    right, asked, wrong = defaultdict(int), defaultdict(int), []
    found = defaultdict(list)
    for question in notes.questions:
        found[question.file].append(question)
    for name, rows in truth["files"].items():
        ignored = truth["ignored"].get(name, ())
        pairs, missed, extra = pair(rows, [q for q in found[name] if q.line not in ignored])
        asked["recall"] += len(rows)
        asked["precision"] += len(pairs) + len(extra)
        right["recall"] += len(pairs)
        right["precision"] += len(pairs)
        wrong += [f"missed    {name}:{row[0]}" for row in missed]
        wrong += [f"made up   {name}:{question.line} {question.title[:80]}" for question in extra]
        for (line, _, exact, path, lines), question in pairs:
            told = question.answer_lines
            checks = {"title": exact == hashed(question.title)}
            if path is not None:
                checks["path"] = path == [hashed(normalise(title)) for title in question.trail]
            checks["answer?"] = bool(lines) == bool(question.answer)
            if lines and question.answer:
                checks["start"] = bool(told) and told[0] == lines[0]
                checks["end"] = bool(told) and told[1] == lines[1]
            for name_of_check, fine in checks.items():
                asked[name_of_check] += 1
                right[name_of_check] += fine
                if not fine:
                    wrong.append(
                        f"{name_of_check:9} {name}:{line} is {question.title[:60]!r} {'/'.join(question.trail)[:90]}"
                        f" {told} not {lines}"
                    )
    return right, asked, wrong


def timed(action):
    best = None
    for _ in range(3):
        start = time.perf_counter()
        result = action()
        spent = time.perf_counter() - start
        best = spent if best is None else min(best, spent)
    return best, result


def parse_alone(files):
    parser = MarkdownIt("commonmark").enable("table")
    for text in files.values():
        parser.parse(text)


def main():
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("checkouts", type=Path, nargs="?")
    options.add_argument("names", nargs="*")
    options.add_argument("--misses", type=int, default=0, help="show so many of what is wrong in each repository")
    options.add_argument("--list", action="store_true", help="name the repositories and their commits")
    options.add_argument("--untimed", action="store_true")
    chosen = options.parse_args()
    if chosen.list or chosen.checkouts is None:
        for path in sorted(TRUTH.glob("*.json")):
            truth = json.loads(path.read_text("utf-8"))
            print(f"{path.stem:10} {truth['repository']} {truth['commit']} · {truth['questions']} questions")
        return
    print(f"{'':10} {'truth':>6} " + " ".join(f"{name:>9}" for name in COLUMNS) + "   time against parsing alone")
    for path in sorted(TRUTH.glob("*.json")):
        folder = chosen.checkouts / path.stem
        if not folder.is_dir() or (chosen.names and path.stem not in chosen.names):
            continue
        truth = json.loads(path.read_text("utf-8"))
        files = files_of(folder)
        if chosen.untimed:
            speed, notes = "", read_notes(files)
        else:
            spent, notes = timed(lambda files=files: read_notes(files))
            alone, _ = timed(lambda files=files: parse_alone(files))
            speed = f"{spent:.2f} s / {alone:.2f} s = {spent / alone:.2f}"
        right, asked, wrong = judge(truth, notes)
        shares = " ".join(
            f"{right[column] / asked[column]:9.3f}" if asked[column] else f"{'–':>9}" for column in COLUMNS
        )
        print(f"{path.stem:10} {truth['questions']:6} {shares}   {speed}")
        for line in wrong[: chosen.misses]:
            print("   ", line)


if __name__ == "__main__":
    main()
