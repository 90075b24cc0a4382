import pytest
from django.core.management import call_command

from questions.models import Source


@pytest.mark.django_db
def test_only_folders_of_notes_are_imported(tmp_path, settings):
    content = tmp_path / "content"
    for folder in ("en", "checks"):
        (content / folder).mkdir(parents=True)
    front = "---\nsource: notes-en\ntitle: Notes\nauthor: Ada\nlicence: CC-BY-4.0\nmode: full\nlanguage: en\n---\n"
    (content / "en" / "README.md").write_text(f"{front}\n# Notes\n\n- [Memory](memory.md)\n")
    (content / "en" / "memory.md").write_text("# Memory {#memory .topic}\n\n## How large? {#how-large}\n\nVery.\n")
    (content / "checks" / "code.py").write_text("print(1)\n")
    settings.CONTENT_DIR, settings.VAR_DIR, settings.STATIC_ROOT = content, tmp_path / "var", tmp_path / "static"
    call_command("prepare")
    assert [source.slug for source in Source.objects.all()] == ["notes-en"]
