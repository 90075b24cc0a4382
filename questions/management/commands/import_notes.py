"""Imports Markdown notes into the database, or shows what an import would change."""

import json
import sys

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from questions.importing.apply import apply
from questions.importing.read import read
from questions.importing.reading import Refused
from questions.importing.report import as_json, as_text
from questions.importing.run import plan_reading
from questions.importing.unchanged import unchanged_source
from questions.models import Source


class Command(BaseCommand):
    help = "Imports a folder of Markdown notes, or one file. Running it again changes only what the notes changed."

    def add_arguments(self, parser):
        parser.add_argument("origin", metavar="PATH", help="a folder of Markdown notes, or one Markdown file")
        parser.add_argument("--source", default="", metavar="SLUG", help="the source's address; made if it is new")
        parser.add_argument("--language", default="", choices=["", *dict(settings.LANGUAGES)], help="of the notes")
        parser.add_argument("--licence", default="", metavar="SPDX", help="such as CC-BY-4.0, or unknown")
        parser.add_argument("--mode", default="", choices=["", *Source.Mode.values], help="what may be shown")
        parser.add_argument("--dry-run", action="store_true", help="show the plan, change nothing")
        parser.add_argument("--json", action="store_true", help="answer with one JSON object")

    def handle(self, *args, origin, dry_run, **options):
        try:
            chosen = {name: options[name] for name in ("language", "licence", "mode")}
            with read(origin) as reading:
                if not (dry_run or options["json"]):
                    source = unchanged_source(reading, slug=options["source"], **chosen)
                    if source:
                        self.stdout.write(f"{source.slug}: the same as last time, nothing to do")
                        return
                plan, reasons = plan_reading(reading, slug=options["source"], **chosen)
                if not (reasons or dry_run):
                    apply(plan, reading)
        except Refused as refusal:
            self._refuse([str(refusal)], options, dry_run)
        except OperationalError as mistake:
            self._refuse([f"The database did not answer: {mistake}. Nothing was changed; try again."], options, dry_run)
        if options["json"]:
            report = as_json(plan, dry_run=dry_run, reasons=reasons)
            for part in json.JSONEncoder(ensure_ascii=False, indent=1, default=str).iterencode(report):
                self.stdout.write(part, ending="")
            self.stdout.write("")
        else:
            for line in as_text(plan, verbose=dry_run or options["verbosity"] > 1, reasons=reasons):
                self.stdout.write(line)
        if reasons:
            sys.exit(1)

    def _refuse(self, reasons, options, dry_run):
        if not options["json"]:
            raise CommandError(" ".join(reasons))
        problems = [{"level": "error", "file": "", "line": 0, "message": reason} for reason in reasons]
        self.stdout.write(json.dumps({"source": options["source"], "dry_run": dry_run, "problems": problems}))
        sys.exit(1)
