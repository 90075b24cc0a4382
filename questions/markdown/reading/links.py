"""Where links between the notes of a source lead, however they are written."""

import posixpath
import re
import unicodedata
from urllib.parse import unquote

_HOST = re.compile(
    r"^https?://(?:www\.)?(?:github\.com|gitlab\.com|gitee\.com|bitbucket\.org)/[^/]+/[^/]+/(?:-/)?(?:blob|tree|raw|src)/[^/]+/",
    re.I,
)
_INDEXES = ("README.md", "readme.md", "Readme.md", "index.md", "README.markdown")


class Links:
    """Resolves links to the names of pages. Case counts only where two names differ in nothing else."""

    def __init__(self, names):
        self.names = {unicodedata.normalize("NFC", name): name for name in names}
        self.folded = {}
        for name in names:
            self.folded.setdefault(unicodedata.normalize("NFC", name).casefold(), name)
        self.folders = {name[:i] for name in self.names for i, letter in enumerate(name) if letter == "/"}
        self.roots = sorted({name.partition("/")[0] for name in names if "/" in name})

    def resolve(self, href, origin):
        """The name of the page that `href` in the page `origin` leads to; None if there is none."""
        path = self._path(href)
        if path is None:
            return None
        for base in self._bases(path, origin):
            found = self._page(posixpath.normpath(posixpath.join(base, path.lstrip("/"))))
            if found:
                return found
        return None

    def folder(self, href, origin):
        """The folder that `href` leads to, "" if none."""
        path = self._path(href)
        if not path:
            return ""
        for base in self._bases(path, origin):
            folder = posixpath.normpath(posixpath.join(base, path.lstrip("/")))
            if folder in self.folders:
                return folder
        return ""

    def _path(self, href):
        if not href or len(href) > 1000:
            return None
        if "://" in href:
            inside = _HOST.match(href)
            if not inside:
                return None
            href = "/" + href[inside.end() :]
        path = unicodedata.normalize(
            "NFC", unquote(href).replace("\\", "/").partition("#")[0].partition("?")[0]
        ).strip()
        return path if path and path != "/" else None

    def _bases(self, path, origin):
        """Folders that a link may be meant from: its own; for `/…` the root, or that of the published site."""
        folder = posixpath.dirname(origin)
        if path.startswith("/"):
            return ["", folder, *[root for root in ("docs", "src", "content", "website/docs") if root in self.roots]]
        return [folder, ""] if folder else [""]

    def _page(self, path):
        if path.startswith(".."):
            return None
        stem, suffix = posixpath.splitext(path)
        tries = [path]
        if suffix.lower() not in (".md", ".markdown", ".mdx"):
            tries += [f"{stem if suffix.lower() == '.html' else path}.md", *[f"{path}/{name}" for name in _INDEXES]]
        for each in tries:
            if each in self.names:
                return self.names[each]
        return next((self.folded[each.casefold()] for each in tries if each.casefold() in self.folded), None)
