"""What is done in the background: runs that curators have asked for, one after the other.

The queue is the table of imports itself. A worker asks for the oldest run that waits, claims it, and gives signs of
life while it has it. Several workers may do so at once.
"""

import logging
from copy import copy
from datetime import timedelta

from django.db import OperationalError
from django.utils import timezone

from questions.importing.kept import Kept, sweep
from questions.importing.reading import Refused
from questions.importing.run import apply_run, plan_run
from questions.models import Import

logger = logging.getLogger(__name__)

VERBS = {Import.State.READING: plan_run, Import.State.APPLYING: apply_run}
SILENT = timedelta(minutes=1)  # without a sign of life: the worker has died
UNANSWERED = timedelta(seconds=10)  # in the queue: there may be no worker

BUSY = "The database did not answer. Nothing was changed; try again."
MISTAKE = "Something went wrong on our side (%s). Nothing was changed; the details are in the log of the worker."


def do_next():
    """Does the run that has waited longest. False if none waits."""
    run = Import.objects.waiting().first()
    if run is None:
        return False
    if run.claim():
        do(run)
    return True


def do(run):
    """Does what a claimed run is for, and writes how it ended."""
    as_claimed = copy(run)  # the verb may have changed the other by the time it fails
    try:
        with Kept(run).alive():
            VERBS[run.state](run)
    except Refused as refusal:
        as_claimed.conclude(Import.State.REFUSED, reason=str(refusal))
    except OperationalError:
        logger.exception("Import %s", run.pk)
        as_claimed.conclude(Import.State.FAILED, reason=BUSY)
    except (KeyboardInterrupt, SystemExit):
        as_claimed.release()  # the next worker begins it anew
        raise
    except Exception as mistake:
        logger.exception("Import %s", run.pk)
        as_claimed.conclude(Import.State.FAILED, reason=MISTAKE % type(mistake).__name__)
    finally:
        sweep()


def has_stopped(run, now=None):
    """Whether the worker that has a busy run has died with it. Nothing of it stands; it can be asked for again."""
    if not run.is_busy or run.is_waiting:
        return False
    last = max(filter(None, [run.claimed_at or run.started_at, Kept(run).last_sign_of_life]))
    return (now or timezone.now()) - last > SILENT


def is_unanswered(run, now=None):
    """Whether a run waits although no worker is busy with another one."""
    now = now or timezone.now()
    if not run.is_waiting or now - run.asked_at < UNANSWERED:
        return False
    others = Import.objects.claimed().without_plans().order_by("-claimed_at")[:5]
    return all(has_stopped(other, now) for other in others)
