"""Makes the index of search anew; needed after words were changed past the site itself."""

from django.core.management.base import BaseCommand
from django.db import transaction

from questions.search import rebuild


class Command(BaseCommand):
    help = "Makes the index of search anew, of everything that can be found."

    def handle(self, *args, **options):
        with transaction.atomic():
            entries = rebuild()
        self.stdout.write(f"{entries} texts can be found.")
