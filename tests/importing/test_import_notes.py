"""The command `import_notes`: its contract with scripts and with the terminal."""

import json

import pytest
from django.core.management import CommandError, call_command, execute_from_command_line
from django.db import OperationalError

from questions.models import Note, Question, Source, TopicNote


def run(capsys, *args):
    """Runs the command; returns its exit code and what it wrote, parsed if it is JSON."""
    code = 0
    try:
        call_command("import_notes", *map(str, args))
    except SystemExit as end:
        code = end.code
    out = capsys.readouterr().out
    return code, json.loads(out) if "--json" in args else out


NEW = ("--source", "animals", "--licence", "CC-BY-4.0", "--language", "en")


def test_json_is_the_contract(notes, capsys):
    code, report = run(capsys, notes.folder, *NEW, "--dry-run", "--json")
    assert code == 0
    assert list(report) == [
        "source", "dry_run", "counts", "topics", "questions", "retired", "candidates", "problems",
    ]  # fmt: skip
    assert report["source"] == "animals"
    assert report["dry_run"] is True
    assert report["counts"] == {
        "topics": 2, "questions": 3, "answers": 2, "added": 3, "changed": 0, "moved": 0, "renamed": 0,
        "restored": 0, "same": 0, "conflicts": 0, "retired": 0, "candidates": 0,
    }  # fmt: skip
    assert report["topics"][0] == {"path": ["Zebras"], "file": "README.md"}
    first = report["questions"][0]
    assert first.pop("key").startswith("animals-")
    assert first == {
        "id": None,
        "path": ["Zebras"],
        "parent": None,
        "title": "Why do zebras have stripes?",
        "answer": "Because flies find it hard to land on **stripes**, say two field studies.",
        "file": "zebras.md",
        "line": 3,
        "change": "added",
    }
    assert not Question.objects.exists()


def test_keys_of_a_dry_run_are_those_of_the_import(notes, capsys):
    _, dry = run(capsys, notes.folder, *NEW, "--dry-run", "--json")
    _, done = run(capsys, notes.folder, *NEW, "--json")
    assert [q["key"] for q in dry["questions"]] == [q["key"] for q in done["questions"]]
    assert set(Question.objects.values_list("key", flat=True)) == {q["key"] for q in done["questions"]}


def test_a_terminal_reads_counts(notes, capsys):
    assert run(capsys, notes.folder, *NEW) == (0, "animals: 2 topics, 3 questions, 2 answers, 3 added\n")


def test_the_same_bytes_again_are_not_even_parsed(notes, capsys, monkeypatch):
    run(capsys, notes.folder, *NEW)
    monkeypatch.setattr("questions.management.commands.import_notes.plan_reading", None)
    assert run(capsys, notes.folder, *NEW) == (0, "animals: the same as last time, nothing to do\n")
    assert run(capsys, notes.folder) == (0, "animals: the same as last time, nothing to do\n")


@pytest.mark.parametrize("change", ["text", "picture", "mode"])
def test_whatever_changes_is_looked_at(notes, capsys, change):
    (notes.folder / "x.png").write_bytes(b"png")
    run(capsys, notes.folder, *NEW)
    if change == "text":
        notes.write("zebras.md", "# Zebras\n\n## Why?\n\nSo.\n")
    if change == "picture":
        (notes.folder / "x.png").write_bytes(b"another")
    mode = ("--mode", "questions-only") if change == "mode" else ()
    assert "the same as last time" not in run(capsys, notes.folder, *NEW, *mode)[1]


def test_a_new_source_needs_a_licence(notes, capsys):
    code, report = run(capsys, notes.folder, "--source", "animals", "--json")
    assert code == 1
    assert "licence" in report["problems"][0]["message"]
    assert not Source.objects.exists()


def test_an_unknown_licence_never_brings_answers(notes, capsys):
    code, report = run(capsys, notes.folder, "--source", "a", "--licence", "unknown", "--mode", "full", "--json")
    assert code == 1
    code, report = run(capsys, notes.folder, "--source", "a", "--licence", "unknown", "--json")
    assert code == 0
    assert report["counts"]["answers"] == 0
    assert set(Note.objects.values_list("answer", "answer_html", "text")) == {("", "", "")}
    assert set(TopicNote.objects.values_list("introduction", flat=True)) == {""}


def test_a_manifest_describes_a_new_source_and_changes_no_old_one(notes, capsys):
    readme = (
        "---\nsource: zoo\ntitle: The zoo\nlicence: MIT\nmode: full\nlanguage: en\nauthor: {}\n---\n- [Z](zebras.md)\n"
    )
    notes.write("README.md", readme.format("Zoe"))
    run(capsys, notes.folder)
    notes.write("README.md", readme.format("Mallory"))
    run(capsys, notes.folder)
    zoo = Source.objects.get()
    assert (zoo.slug, zoo.title, zoo.author, zoo.licence) == ("zoo", "The zoo", "Zoe", "MIT")


@pytest.mark.parametrize("origin", ["nowhere", "nowhere.md"])
def test_a_missing_path_says_so(db, capsys, tmp_path, origin):
    code, report = run(capsys, tmp_path / origin, *NEW, "--json")
    assert code == 1
    assert "does not exist" in report["problems"][0]["message"]
    with pytest.raises(CommandError, match="does not exist"):
        call_command("import_notes", str(tmp_path / origin))


def test_a_folder_without_notes_says_so(db, capsys, tmp_path):
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    code, report = run(capsys, tmp_path, *NEW, "--json")
    assert code == 1
    assert "no readable Markdown" in report["problems"][0]["message"]


def test_notes_that_are_no_text_are_left_out_and_named(notes, capsys):
    (notes.folder / "broken.md").write_bytes(b"\xff\xff\x81 broken \xfe")
    code, report = run(capsys, notes.folder, *NEW, "--json")
    assert code == 0
    assert report["counts"]["questions"] == 3
    assert report["problems"][0]["file"] == "broken.md"


def test_links_out_of_the_folder_are_not_followed(notes, capsys, tmp_path):
    (tmp_path / "secret.md").write_text("# Secret\n\n## What is the password?\n\nHunter.\n")
    (notes.folder / "linked.md").symlink_to(tmp_path / "secret.md")
    _, report = run(capsys, notes.folder, *NEW, "--json")
    assert "password" not in json.dumps(report)
    assert report["problems"][0]["message"] == "A link is not followed."


def test_script_in_a_title_or_answer_is_only_text(notes, capsys):
    attack = "# Z\n\n## <script>alert(1)</script> Why? `<b>`\n\n<script>alert(2)</script>\n\n[x](javascript:alert(3))\n"
    notes.write("zebras.md", attack)
    run(capsys, notes.folder, *NEW, "--json")
    note = Note.objects.get(file="zebras.md", line=3)
    assert "<script" not in note.answer_html
    assert "javascript:" not in note.answer_html


def test_a_busy_database_says_so(notes, capsys, monkeypatch):
    def busy(*args, **kwargs):
        raise OperationalError("database is locked")

    monkeypatch.setattr("questions.management.commands.import_notes.apply", busy)
    code, report = run(capsys, notes.folder, *NEW, "--json")
    assert code == 1
    assert "database is locked" in report["problems"][0]["message"]


def test_wrong_usage_exits_with_2():
    with pytest.raises(SystemExit) as end:
        execute_from_command_line(["manage.py", "import_notes", "--mode", "everything", "x"])
    assert end.value.code == 2


def test_of_several_languages_that_of_the_source_is_read(tmp_path, db, capsys):
    for name, title in (("zebras.md", "Why stripes?"), ("zh/zebras.md", "斑马为什么有条纹？")):
        path = tmp_path / "animals" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {title}\n\n## {title}\n\n" + "…" * 40 + "\n\n", "utf-8")
    new = ("--source", "animals-zh-hans", "--licence", "CC-BY-4.0", "--language", "zh-hans")
    report = run(capsys, tmp_path / "animals", *new, "--json")[1]
    assert [question["title"] for question in report["questions"]] == ["斑马为什么有条纹？"]
    again = run(capsys, tmp_path / "animals", "--source", "animals-zh-hans", "--json")[1]
    assert again["counts"]["same"] == 1
    assert again["counts"]["added"] == again["counts"]["retired"] == 0
