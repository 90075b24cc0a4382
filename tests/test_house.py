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
    "feeds": "views",
    "languages": "pure",
    "limits": "pure",
    "middleware": "views",
    "forms": "forms",
    "models": "models",
    "querysets": "querysets",
    "tree": "pure",
    "identity": "pure",
    "differences": "pure",
    "figures": "pure",
    "word_differences": "pure",
    "wording": "pure",
    "shingles": "pure",
    "search_words": "pure",
    "search_index": "pure",
    "linting": "pure",
    "drawings": "pure",
    "pictures": "pure",
    "surroundings": "pure",
    "texts": "pure",
    "markdown": "pure",
}


def place(module):
    """(app, layer) of a dotted module of ours. What has no layer of its own works on models: a verb."""
    app, *rest = module.split(".")
    return app, LAYER_OF.get(rest[0] if rest else "", "verbs")


def modules():
    """Dotted name → syntax tree of every module of ours, migrations apart."""
    found = {}
    for app in APPS:
        for file in sorted((ROOT / app).rglob("*.py")):
            parts = file.relative_to(ROOT).with_suffix("").parts
            if "migrations" not in parts:
                found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = ast.parse(file.read_text("utf-8"))
    return found


def imports(tree):
    """Every module that a file imports, wherever in it; `from questions import tree` is questions.tree."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def looks_up(module, imported):
    (app, layer), (other_app, other_layer) = place(module), place(imported)
    if layer in ("views", "urls") and other_layer != "urls":
        return False  # views compose sideways, and may look at everything below
    return APPS.index(other_app) > APPS.index(app) or LAYERS.index(other_layer) > LAYERS.index(layer)


def test_imports_look_down():
    assert [
        f"{module} imports {imported}"
        for module, tree in modules().items()
        for imported in imports(tree)
        if imported.split(".")[0] in APPS and looks_up(module, imported)
    ] == []


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


def test_no_drawers_for_odds_and_ends():
    drawers = {"utils", "util", "helpers", "helper", "misc", "common", "signals"}
    assert [module for module in modules() if drawers & set(module.split("."))] == []


def test_no_signals():
    assert [
        module
        for module, tree in modules().items()
        if any("signals" in imported or imported == "django.dispatch.receiver" for imported in imports(tree))
    ] == []


def test_titles_are_given_in_one_way():
    """Else what is drawn would tell of a title that is gone."""
    assert [
        module
        for module, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and module != "questions.models.titles"
        if any(
            isinstance(target, ast.Attribute)
            and target.attr == "titles"
            and not (isinstance(target.value, ast.Name) and target.value.id == "self")
            for target in node.targets
        )
    ] == []


def test_no_bare_except():
    assert [
        module
        for module, tree in modules().items()
        if any(isinstance(node, ast.ExceptHandler) and node.type is None for node in ast.walk(tree))
    ] == []


# --- Templates ---------------------------------------------------------------------------------------------------

# HTML that our renderer made and that is stored beside its text; the help that Django writes beside a field.
SAFE = re.compile(
    r"\{\{ *(?:[\w.]+\.)?\w*html *\| *safe *\}\}"
    r"|\{% autoescape off %\}\{\{ field\.help_text \}\}\{% endautoescape %\}"
)
FORBIDDEN = {
    "a style of its own": r"<[^>]*\sstyle\s*=|<style\b",
    "a script of its own": r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|<[^>]*\son\w+\s*=|hx-on|javascript:",
    "a request to another host": r"<(?:link|script|img|source|iframe)\b[^>]*(?:href|src)=\"(?:https?:)?//",
    "unescaped text": r"\|\s*safe\b|\|\s*safeseq\b|autoescape\s+off",
}


def templates():
    """Path → text of every template of ours."""
    files = sorted((ROOT / "templates").rglob("*.html"))
    return {str(file.relative_to(ROOT)): file.read_text("utf-8") for file in files}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_templates_hold_nothing_forbidden(what):
    assert [name for name, text in templates().items() if re.search(FORBIDDEN[what], SAFE.sub("", text))] == []


def test_partials_say_what_they_need():
    assert [
        name
        for name, text in templates().items()
        if Path(name).name.startswith("_")
        and not text.startswith("{# needs:")
        and not text.startswith("{% extends")  # which is a page without its words
    ] == []


def test_every_form_that_posts_has_its_token():
    assert [
        name
        for name, text in templates().items()
        for form in re.findall(r"<form\b[^>]*method=\"post\".*?</form>", text, flags=re.S | re.I)
        if "{% csrf_token %}" not in form
    ] == []
