"""Recomputes the figures of evaluation.md and evaluation-safety.md: intervals, sample sizes, rates of detectors."""

from math import exp, sqrt

from content.checks.formulas import standard_error
from content.checks.statements import Check

Z = 1.96 + 0.84  # two-sided 5%, power 80%
ODDS = 0.6 / 0.4


def win_rate(rating):
    return 1 / (1 + 10 ** (-rating / 400))


def precision(prevalence, detected, alarms):
    return prevalence * detected / (prevalence * detected + (1 - prevalence) * alarms)


def seen(true, sensitivity=0.9, specificity=0.7):
    """The rate a judge reports."""
    return true * sensitivity + (1 - true) * (1 - specificity)


ONCE = precision(0.001, 0.95, 0.01)

CHECKS = [
    Check("llm-evaluation", "4.6", 196 * standard_error(0.9, 164)),
    Check("known-unknown-awareness", "0.13", sqrt(0.8 * 0.2 / 10)),
    Check("bench-paired-test", "5,052", Z**2 * 0.145 / 0.015**2),
    Check("bench-paired-test", "64%", (1 - 0.95**20) * 100),
    Check("bench-arena-ranking", "69.2%", ODDS**2 / (1 + ODDS**2) * 100),
    Check("bench-arena-ranking", "55%", win_rate(35) * 100),
    Check("bench-arena-ranking", "51.4%", win_rate(10) * 100),
    Check("bench-arena-ranking-votes", "9,452", Z**2 * 0.25 / 0.0144**2),
    Check("judge-agreement", "8.9 ", standard_error(0.8, 20) * 100),
    Check("judge-correction", "66%", seen(0.6) * 100),
    Check("judge-correction", "60%", seen(0.5) * 100),
    Check("safety-red-team", "87%", (1 - 0.99**200) * 100),
    Check("safety-guardrails", "8.7%", ONCE * 100),
    Check("safety-guardrails", "64%", precision(ONCE, 0.95, 0.05) * 100),
    Check("safety-guardrails", "99%", precision(0.5, 0.95, 0.01) * 100),
    Check("privacy-memorisation", "7.7%", 0.95**50 * 100),
    Check("privacy-memorisation", "3.6%", 0.95**49 * 0.45 * 100),
    Check("privacy-memorisation", "67%", (1 - (1 - 0.95**49 * 0.45) ** 30) * 100),
    Check("privacy-dp-finetuning", "2.7%", exp(1) * 0.01 * 100),
    Check("privacy-dp-finetuning", "2,981", exp(8)),
]
