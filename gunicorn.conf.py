"""How gunicorn serves the site. A wrong environment stops it here, with a sentence, before a worker is started."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured

try:
    from interview_notes import environment, settings  # noqa: F401 — reading them is the check

    workers = environment.number("WEB_CONCURRENCY", default=2, least=1)
    port = environment.number("PORT", default=8000, least=1)
except ImproperlyConfigured as mistake:
    sys.exit(f"Not started: {mistake}")

wsgi_app = "interview_notes.wsgi"
bind = f"{os.environ.get('HOST', '127.0.0.1')}:{port}"
worker_class = "gthread"
threads = 4
timeout = 60
graceful_timeout = 30
keepalive = 5
max_requests = 2000
max_requests_jitter = 200
control_socket_disable = True
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")
if os.path.isdir("/dev/shm"):  # noqa: S108 — memory, so that a slow disk never looks like a dead worker
    worker_tmp_dir = "/dev/shm"  # noqa: S108
