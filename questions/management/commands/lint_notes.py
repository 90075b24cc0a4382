"""Looks through notes for what will not work once they are imported."""

import json
import sys

from django.core.management.base import BaseCommand, CommandError

from questions.importing.read import read
from questions.importing.reading import Refused
from questions.linting import lint
from questions.markdown.reading.notes import read_notes


class Command(BaseCommand):
    help = "Finds broken links, pictures and formulas, heading jumps, empty answers and repeated titles in notes."

    def add_arguments(self, parser):
        parser.add_argument(
            "origin", metavar="PATH_OR_URL", help="a folder, a Markdown file, a .zip or an https git URL"
        )
        parser.add_argument("--json", action="store_true", help="answer with one JSON object")

    def handle(self, *args, origin, **options):
        try:
            with read(origin) as reading:
                problems = reading.problems + lint(reading.files, reading.pictures, read_notes(reading.files))
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        if options["json"]:
            self.stdout.write(json.dumps({"problems": [vars(problem) for problem in problems]}, ensure_ascii=False))
        else:
            for problem in problems:
                self.stdout.write(f"{problem.file}:{problem.line}: {problem.level}: {problem.message}")
            self.stdout.write(f"{len(problems)} problems in {len(reading.files)} files.")
        if any(problem.level == "error" for problem in problems):
            sys.exit(1)
