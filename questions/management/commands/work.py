"""Does in the background what curators have asked for: reads and applies imports."""

import logging
import signal
import sys
import time

from django.core.management.base import BaseCommand
from django.db import OperationalError, close_old_connections

from questions.tasks import do_next

logger = logging.getLogger(__name__)

ENDS = (signal.SIGINT, signal.SIGTERM)
PAUSE = 1  # seconds between two looks at the queue, which cost one small query each


class Command(BaseCommand):
    help = "Does in the background what curators have asked for, until it is stopped. Several may run at once."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="do what waits now, then exit")

    def handle(self, *args, once, **options):
        for number in ENDS:
            signal.signal(number, _stop)
        while _work() or not once:
            pass


def _stop(*signal_and_frame):
    """What it is doing goes back into the queue; a second signal must not disturb that."""
    for number in ENDS:
        signal.signal(number, signal.SIG_IGN)
    sys.exit(0)


def _work():
    """One look at the queue. False if nothing waited there."""
    close_old_connections()
    try:
        if do_next():
            return True
    except OperationalError as mistake:  # the database is locked, or restarts: it will be back
        logger.warning("The queue could not be read: %s", mistake)
    time.sleep(PAUSE)
    return False
