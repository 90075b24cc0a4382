"""Recomputes the figures of agents-in-depth.md: tokens that pile up, errors that compound, chances."""

from math import comb

from content.checks.formulas import standard_error
from content.checks.statements import Check

CHECKED = 0.95 + 0.05 * 0.9 * 0.95
READ = sum(6000 + 1500 * i for i in range(40))
LAST = 6000 + 39 * 1500

CHECKS = [
    Check("agent-many-tools", "500,000", 10 * 200 * 250),
    Check("agent-code-actions", "20,000", 500 * 40),
    Check("agent-planning-search", "75 ", 5 * 5 * 3),
    Check("agent-error-compounding", "0.358", 0.95**20),
    Check("agent-error-compounding", "0.818", 0.99**20),
    Check("agent-error-compounding", "0.077", 0.95**50),
    Check("agent-error-compounding", "0.99275", CHECKED),
    Check("agent-error-compounding", "0.865", CHECKED**20),
    Check("agent-error-compounding", "0.695", CHECKED**50),
    Check("agent-error-compounding", "0.9979", 0.9 ** (1 / 50)),
    Check("agent-error-compounding-verify", "32%", 0.045 / (0.05 * 0.9 + 0.95 * 0.1) * 100),
    Check("agent-multi-agent", "320,000", 20000 + 5 * 60000),
    Check("agent-context-management", "1,410,000", READ),
    Check("agent-context-management", "64,500", LAST),
    Check("agent-context-management", "1,345,500", READ - LAST),
    Check("agent-context-management", "199,050", LAST + 0.1 * (READ - LAST)),
    Check("agent-context-management", "7.1", READ / (LAST + 0.1 * (READ - LAST))),
    Check("agent-evaluation", "21%", comb(6, 4) / comb(8, 4) * 100),
    Check("agent-evaluation", "4.9 ", standard_error(0.6, 100) * 100),
    Check("agent-observability", "0.171", 0.06 / 0.35),
    Check("agent-rl-training", "0.57", 1 - 0.1**8 - 0.9**8),
    Check("agent-rl-training", "0.99", 1 - 2 * 0.5**8),
    Check("agent-rl-training", "0.08", 1 - 0.01**8 - 0.99**8),
]
