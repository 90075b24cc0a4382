"""Writes a source, or all of them, as canonical Markdown."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from questions.exporting import canonical_files
from questions.models import Source


class Command(BaseCommand):
    help = "Writes the notes of a source as canonical Markdown with keys; importing them again changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="DIR", help="a folder that is empty or not there yet")
        parser.add_argument("--source", default="", metavar="SLUG", help="only this source, into DIR itself")

    def handle(self, *args, folder, source, **options):
        folder = Path(folder)
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise CommandError(f"{folder} is not an empty folder. Name another, or empty it.")
        sources = Source.objects.filter(slug=source) if source else Source.objects.all()
        if not sources:
            known = ", ".join(Source.objects.values_list("slug", flat=True)) or "none"
            raise CommandError(f"There is no source {source!r}. Known: {known}.")
        for one in sources:
            self._write(one, folder if source else folder / one.slug)

    def _write(self, source, folder):
        files = canonical_files(source)
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
        self.stdout.write(f"{source.slug}: {len(files)} files in {folder}")
