"""Stylesheets joined when static files are collected: one file a component to write, one request to read."""

import posixpath
import re

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

JOINED = "css/site.css"
IMPORT = re.compile(r'@import url\("([\w./-]+)"\) layer\((\w+)\);')


class JoinedStylesheets(CompressedManifestStaticFilesStorage):
    """Puts what site.css imports into it, each file in its layer, before names are hashed and files compressed.

    Our scripts that import others name them by their hashes too; those of libraries are left as they are.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("js/*.js", ((r"(?P<matched>from \"(?P<url>\./[\w.]+)\";)", 'from "%(url)s";'),)),
    )

    def post_process(self, paths, dry_run=False, **options):
        if not dry_run and JOINED in paths:
            joined = ContentFile(join(paths, JOINED))
            self.delete(JOINED)  # the page of our own mistakes knows no other name for it
            paths = {**paths, JOINED: (self, self.save(JOINED, joined))}
        return super().post_process(paths, dry_run=dry_run, **options)


def join(paths, name):
    def imported(match):
        beside = posixpath.join(posixpath.dirname(name), match[1])
        return f"@layer {match[2]} {{\n{read(paths, beside)}\n}}"

    return IMPORT.sub(imported, read(paths, name))


def read(paths, name):
    storage, path = paths[name]
    with storage.open(path) as file:
        return file.read().decode()
