"""Makes the site ready to be served: tables, bundled notes, static files. Harmless to run again."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from questions.search import is_current


class Command(BaseCommand):
    help = "Migrates the database, imports the bundled notes, indexes them and collects static files."

    def handle(self, *args, **options):
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        for readme in sorted(settings.CONTENT_DIR.glob("*/README.md")):
            call_command("import_notes", str(readme.parent), stdout=self.stdout)
        if not is_current():
            call_command("rebuild_search", stdout=self.stdout)
        call_command("collectstatic", interactive=False, verbosity=0)
        self.stdout.write("Ready.")
