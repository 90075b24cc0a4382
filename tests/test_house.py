"""The house rules that a machine can check: which way imports look, and what templates may hold."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ("accounts", "questions", "progress")  # each may import those before it
# From the ground up: each layer may import those before it, and itself.
LAYERS = ("pure", "querysets", "models", "verbs", "forms", "views", "urls")
LAYER_OF = {
    "urls": "urls",
    "views": "views",
    "admin": "views",
    "apps": "views",
    "management": "views",
    "templatetags": "views",
    "decorators": "views",
    "limits": "pure",
    "forms": "forms",
    "models": "models",
    "querysets": "querysets",
    "tree": "pure",
    "identity": "pure",
    "markdown": "pure",
}
SKIPPED = {"migrations"}


def place(module):
    """(app, layer) of a dotted module of ours. What has no layer of its own works on models: a verb."""
    app, *rest = module.split(".")
    return app, LAYER_OF.get(rest[0] if rest else "", "verbs")


def modules():
    for app in APPS:
        for file in sorted((ROOT / app).rglob("*.py")):
            parts = file.relative_to(ROOT).with_suffix("").parts
            if not SKIPPED & set(parts):
                yield file, ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(file):
    """Every module of ours that a file imports, wherever in it; `from questions import tree` is questions.tree."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from (name for name in found if name.split(".")[0] in APPS)


def looks_up(module, imported):
    (app, layer), (other_app, other_layer) = place(module), place(imported)
    if layer in ("views", "urls") and other_layer != "urls":
        return False  # views compose sideways, and may look at everything below
    return APPS.index(other_app) > APPS.index(app) or LAYERS.index(other_layer) > LAYERS.index(layer)


@pytest.mark.parametrize(("file", "module"), modules(), ids=lambda value: value if isinstance(value, str) else "")
def test_imports_look_down(file, module):
    assert [imported for imported in imports(file) if looks_up(module, imported)] == []


@pytest.mark.parametrize(
    ("module", "imported", "up"),
    [
        ("questions.models.question", "progress.models.Draft", True),
        ("questions.querysets", "questions.models.Note", True),
        ("questions.models.note", "questions.querysets.NoteQuerySet", False),
        ("questions.forms", "questions.views.editor.Preview", True),
        ("questions.tree", "questions.models.Topic", True),
        ("questions.views.topics", "progress.marks.attach_marks", False),
        ("questions.forms", "progress.forms.DraftForm", True),
        ("progress.forms", "questions.forms.PictureForm", False),
        ("accounts.views", "questions.urls.urlpatterns", True),
    ],
)
def test_the_rule_itself(module, imported, up):
    assert looks_up(module, imported) is up


# --- Python ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("file", "module"), modules(), ids=lambda value: value if isinstance(value, str) else "")
def test_no_drawers_for_odds_and_ends(file, module):
    assert file.stem not in {"utils", "util", "helpers", "helper", "misc", "common", "signals"}
    assert not re.search(r"django\.(db\.models|core|dispatch|contrib\.auth)[\w.]*signals?\b", file.read_text("utf-8"))


@pytest.mark.parametrize(("file", "module"), modules(), ids=lambda value: value if isinstance(value, str) else "")
def test_no_bare_except(file, module):
    handlers = [node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.ExceptHandler)]
    assert all(handler.type for handler in handlers)


# --- Templates ---------------------------------------------------------------------------------------------------

TEMPLATES = [(str(file.relative_to(ROOT)), file) for file in sorted((ROOT / "templates").rglob("*.html"))]
EVERY_TEMPLATE = pytest.mark.parametrize(("name", "file"), TEMPLATES, ids=[name for name, _ in TEMPLATES])
# HTML that our renderer made and that is stored beside its text; the help that Django writes beside a field.
SAFE = re.compile(
    r"\{\{ *(?:[\w.]+\.)?\w*html *\| *safe *\}\}"
    r"|\{% autoescape off %\}\{\{ field\.help_text \}\}\{% endautoescape %\}"
)


@EVERY_TEMPLATE
def test_only_stored_html_is_safe(name, file):
    rest = SAFE.sub("", file.read_text("utf-8"))
    assert not re.search(r"\|\s*safe\b|\|\s*safeseq\b|autoescape\s+off", rest)


@EVERY_TEMPLATE
def test_nothing_inline_that_the_policy_forbids(name, file):
    text = file.read_text("utf-8")
    assert not re.search(r"<[^>]*\sstyle\s*=", text)
    assert not re.search(r"<[^>]*\son\w+\s*=", text)
    assert not re.search(r"<style\b", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", text)
    assert not re.search(r"hx-on|javascript:", text)


@EVERY_TEMPLATE
def test_no_request_to_another_host(name, file):
    assert not re.search(
        r"<(?:link|script|img|source|iframe)\b[^>]*(?:href|src)=\"(?:https?:)?//", file.read_text("utf-8")
    )


@EVERY_TEMPLATE
def test_partials_say_what_they_need(name, file):
    text = file.read_text("utf-8")
    if file.name.startswith("_") and not text.startswith("{% extends"):  # which is a page without its words
        assert text.startswith("{# needs:")


@EVERY_TEMPLATE
def test_every_form_that_posts_has_its_token(name, file):
    for form in re.findall(r"<form\b[^>]*method=\"post\".*?</form>", file.read_text("utf-8"), flags=re.S | re.I):
        assert "{% csrf_token %}" in form
