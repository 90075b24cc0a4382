"""Makes the site ready to be served: tables, bundled notes, static files. Harmless to run again."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Migrates the database, imports the bundled notes and collects static files."

    def handle(self, *args, **options):
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        for folder in sorted(path for path in settings.CONTENT_DIR.iterdir() if path.is_dir()):
            call_command("import_notes", str(folder), stdout=self.stdout)
        call_command("collectstatic", interactive=False, verbosity=0)
        self.stdout.write("Ready.")
