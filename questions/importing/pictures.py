"""The pictures that notes show: fetched from where the notes were read, decoded, and stored once by content."""

import io
import re
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image

from questions.drawings import bare_drawing
from questions.markdown.reading.notes import Problem
from questions.models import Picture
from questions.pictures import bare_picture
from questions.surroundings import ELSEWHERE, Surroundings

SHOWN = re.compile(
    r"!\[[^\]\n]*\]\(\s*(?:<([^>\n]+)>|([^\s()<>]+(?:\([^\s()]*\)[^\s()]*)*))"
    r"|<img\b[^>]*?\bsrc\s*=\s*(?:\"([^\"\n]+)\"|'([^'\n]+)'|([^\s\"'>]+))"
)


class PictureShelf(dict):
    """Path → (address, width, height): what is stored of a source, and what the reading has, stored when asked for."""

    def __init__(self, source, offered, problems):
        self.source, self.offered, self.problems = source, offered, problems
        self.made, self.changed, self.outdated = [], [], []
        self.refused = set()
        for picture in Picture.objects.filter(source=source) if source.pk else ():
            self[picture.path] = self._facts(picture)
            if picture.path in offered:
                self._renew(picture)

    def __contains__(self, path):
        return path in self.offered or super().__contains__(path)

    def __iter__(self):
        return iter({**dict.fromkeys(self.offered), **dict.fromkeys(super().__iter__())})

    def __missing__(self, path):
        if path in self.refused:
            return None
        picture = self._stored(Picture(source=self.source, path=path), self.offered[path]())
        if picture is None:
            return None
        self.made.append(picture)
        self[path] = self._facts(picture)
        return self[path]

    def save(self):
        """Writes the rows, once the source has one."""
        for picture in [*self.made, *self.changed]:
            picture.source = self.source
            picture.save()

    def _renew(self, picture):
        data, address = self.offered[picture.path](), picture.file.url
        if sha256(data).hexdigest() != picture.digest and self._stored(picture, data):
            self.changed.append(picture)
            self.outdated.append(address)
            self[picture.path] = self._facts(picture)

    def _stored(self, picture, data):
        try:
            encoded, ending, width, height = _encoded(picture.path, data)
        except ValidationError as mistake:
            self.refused.add(picture.path)
            self.problems.append(Problem("warning", picture.path, 0, " ".join(mistake.messages)))
            return None
        picture.digest = sha256(data).hexdigest()
        storage, name = picture.file.storage, f"pictures/{picture.digest}.{ending}"
        if not storage.exists(name):
            storage.save(name, ContentFile(encoded))
        picture.file = name
        picture.width, picture.height = width, height
        return picture

    @staticmethod
    def _facts(picture):
        return picture.file.url, picture.width, picture.height


def _encoded(path, data):
    """Bytes, file ending, width and height of a picture, encoded anew."""
    if path.lower().endswith(".svg"):
        drawing, width, height = bare_drawing(data)
        return drawing, "svg", width, height
    encoded, ending = bare_picture(io.BytesIO(data), first_frame=True)
    with Image.open(io.BytesIO(encoded)) as image:
        return encoded, ending, *image.size


def surroundings_of(plan, reading):
    """What the notes of a plan may link to and show, once it is applied."""
    files = {one.file for one in (*plan.notes.topics, *plan.notes.questions)}
    shelf = PictureShelf(plan.source, reading.pictures if reading else {}, plan.problems)
    return Surroundings(plan.source.files_address, plan.source.url, frozenset(files), shelf)


def missing_pictures(notes, reading):
    """A Problem for each picture that a note shows and the reading does not have."""
    around = Surroundings("/", "", frozenset(), dict.fromkeys(reading.pictures, ("", 0, 0)))
    for question in notes.questions:
        answer = question.answer
        if "![" not in answer and "<img" not in answer:
            continue
        find = around.image_from(question.file)
        for match in SHOWN.finditer(answer):
            src = next(filter(None, match.groups()))
            if not ELSEWHERE.match(src) and not src.startswith(("data:", "//")) and find(src) is None:
                line = question.line + 2 + answer.count("\n", 0, match.start())
                yield Problem("warning", question.file, line, f"The picture {src} is not there.")


def shown_pictures(plan, reading):
    """The paths of those pictures of a reading that the notes of a plan show."""
    around = Surroundings("/", plan.source.url, frozenset(), {path: path for path in reading.pictures})
    shown = set()
    for question in plan.notes.questions:
        answer = question.answer
        if "![" in answer or "<img" in answer:
            find = around.image_from(question.file)
            shown.update(find(next(filter(None, match.groups()))) for match in SHOWN.finditer(answer))
    return shown - {None}
