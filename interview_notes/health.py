"""What a supervisor asks: is the process up, and is it ready for readers?"""

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def healthz(request):
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request):
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error:
        return sentence("The database cannot be reached.", 503)
    if pending:
        return sentence(f"The database waits for {len(pending)} migrations: run manage.py migrate.", 503)
    return sentence("ready", 200)


def sentence(text, status):
    return HttpResponse(f"{text}\n", content_type="text/plain; charset=utf-8", status=status)
