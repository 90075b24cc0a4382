"""Sends the letters that say what is due today; a timer runs it every ten minutes or so."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from progress.reminding import remind


class Command(BaseCommand):
    help = "Reminds those readers by e-mail whose hour has come and who have something due. Twice is harmless."

    def handle(self, **options):
        report = remind(timezone.now())
        said = f"Reminders: {report.sent} sent"
        if report.refused:
            said += f", {report.refused} refused by the mail server, to be tried again"
        if report.lost:
            said += f", {report.lost} broken off, which may have arrived and are not tried again"
        if report.down:
            raise CommandError(f"{said}; then the mail server could not be reached: {report.down}. Run it again later.")
        self.stdout.write(f"{said}.")
