"""What stands around a note in its source: the files it may link to and the pictures it may show. Pure."""

import posixpath
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import blake2b
from urllib.parse import quote, unquote, urlsplit

from questions.markdown.render import render

ELSEWHERE = re.compile(r"(?:https?://|mailto:)", re.I)
# https://github.com/<owner>/<name>/blob/<branch>/<path> and its kin, and the hosts' addresses of bare files.
IN_REPOSITORY = re.compile(r"/(?:-/)?(?:blob|tree|raw)/[^/]+/(.+)")
RAW_HOSTS = {"raw.githubusercontent.com": "github.com"}


def render_note(answer, source_slug, key, file, around):
    """HTML of a reference answer with its links and pictures; its ids are unlike those of any other note."""
    prefix = f"n{blake2b(f'{source_slug} {key}'.encode(), digest_size=6).hexdigest()}-"
    return render(answer, prefix=prefix, link=around.link_from(file), image=around.image_from(file)) if answer else ""


@dataclass
class Surroundings:
    """`files` are the paths of all notes of the source; `pictures` maps a path to (address, width, height).

    Paths are compared as people write them: percent-decoded, in NFC, with the exact case first.
    """

    address: str  # below which our page for each file of the source is
    repository: str = ""  # web address of the source itself
    files: frozenset[str] = frozenset()
    pictures: dict[str, tuple[str, int, int]] = field(default_factory=dict)

    def __post_init__(self):
        self._folded = {name.casefold(): name for name in sorted([*self.files, *self.pictures], reverse=True)}

    def link_from(self, file) -> Callable[[str], str | None]:
        """How an address in `file` reads here: ours for a note of the source, as it is for the web, else None."""

        def link(href):
            path, _, anchor = self._inside(href).partition("#")
            if not path and anchor:
                path = file
            if not path:
                return href if ELSEWHERE.match(href) else None
            found = self._find(file, path, self.files)
            if found is None:
                return href if ELSEWHERE.match(href) else None
            query = f"?at={quote(unquote(anchor))}" if anchor else ""
            return f"{self.address}{quote(found)}{query}"

        return link

    def image_from(self, file) -> Callable[[str], tuple[str, int, int] | None]:
        """How a picture in `file` is shown: its address and size here, or None if we do not have it."""

        def image(src):
            found = self._find(file, self._inside(src).partition("#")[0], self.pictures)
            return self.pictures[found] if found else None

        return image

    def _inside(self, href):
        """The part of `href` that is a path in the source, with a leading slash if it counts from the top; or ""."""
        if not ELSEWHERE.match(href):
            if re.match(r"[a-z][a-z0-9+.-]*:|//", href, re.I):
                return ""
            path, mark, anchor = href.partition("#")
            return path.partition("?")[0] + mark + anchor
        parts, own = urlsplit(href), urlsplit(self.repository)
        owner = own.path.removesuffix("/").removesuffix(".git")
        if not own.hostname or not parts.path.casefold().startswith(f"{owner.casefold()}/"):
            return ""
        rest, anchor = parts.path[len(owner) :], f"#{parts.fragment}" if parts.fragment else ""
        if parts.hostname == own.hostname and (match := IN_REPOSITORY.match(rest)):
            return f"/{match.group(1)}{anchor}"
        if RAW_HOSTS.get(parts.hostname) == own.hostname:
            return "/" + rest.lstrip("/").partition("/")[2]
        return ""

    def _find(self, file, path, among):
        path = unicodedata.normalize("NFC", unquote(path)).replace("\\", "/")
        folder = posixpath.dirname(file)
        if path.startswith("/"):
            # From the top; documentation sites count from their own folder, which is one of those above the note.
            folders = [*_folders_above(file), ""]
            tries = [posixpath.join(folder, path.lstrip("/")) for folder in ("", *folders)]
        else:
            tries = [posixpath.join(folder, path), posixpath.join(folder, path) + ".md", path]
        for name in map(posixpath.normpath, tries):
            for one in (name, self._folded.get(name.casefold())):
                if one in among:
                    return one
            readme = posixpath.normpath(posixpath.join(name, "README.md"))
            if readme in among:
                return readme
        return None


def _folders_above(file):
    parts = file.split("/")[:-1]
    return ["/".join(parts[:n]) for n in range(len(parts), 0, -1)]
