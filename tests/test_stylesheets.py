"""Stylesheets are joined into one, each in its layer."""

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage

from interview_notes.stylesheets import JoinedStylesheets, join


def test_each_import_is_put_in_its_layer_and_in_order():
    files = InMemoryStorage()
    files.save(
        "css/site.css", ContentFile('@layer a, b;\n@import url("one.css") layer(a);\n@import url("two.css") layer(b);')
    )
    files.save("css/one.css", ContentFile("p { margin: 0 }"))
    files.save("css/two.css", ContentFile("q { margin: 1px }"))
    paths = {f"css/{name}.css": (files, f"css/{name}.css") for name in ("site", "one", "two")}

    assert join(paths, "css/site.css").split() == (
        "@layer a, b; @layer a { p { margin: 0 } } @layer b { q { margin: 1px } }".split()
    )


def test_scripts_of_ours_import_each_other_by_their_hashed_names(tmp_path):
    store = JoinedStylesheets(location=tmp_path, base_url="/static/")
    store.save("js/one.js", ContentFile('import { a } from "./two.js";\n'))
    store.save("js/two.js", ContentFile("export const a = 1;\n"))
    store.save("library/three.js", ContentFile('// import x from "./nowhere.js";\n'))
    paths = {name: (store, name) for name in ("js/one.js", "js/two.js", "library/three.js")}
    list(store.post_process(paths))

    one, two = (store.hashed_files[name] for name in ("js/one.js", "js/two.js"))
    assert store.open(one).read().decode() == f'import {{ a }} from "./{two.removeprefix("js/")}";\n'
