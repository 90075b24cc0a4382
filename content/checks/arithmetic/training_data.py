"""Recomputes the figures of training-data.md: groups that teach, sizes, GPU hours."""

from math import sqrt

from content.checks.formulas import HOUR, training
from content.checks.statements import Check


def mixed(p, n=8):
    """Probability that a group of `n` has both right and wrong answers."""
    return 1 - p**n - (1 - p) ** n


def hours(parameters, tokens):
    return training(parameters, tokens) / (989e12 * 0.4) / HOUR


CHECKS = [
    Check("sft-data-format-pretraining", "4 TB", 1e12 * 4 / 1e12),
    Check("reward-model-data-format", "84%", (1 + sqrt(2 * 0.73 - 1)) / 2 * 100),
    Check("reward-model-data-format-process", "0.18", sqrt(0.25 / 8)),
    Check("ppo-data-format-difficulty", "0.992", mixed(0.5)),
    Check("ppo-data-format-difficulty", "0.570", mixed(0.9)),
    Check("ppo-data-format-difficulty", "0.077", mixed(0.99)),
    Check("finetuning-sample-count", "0.81", 2**-0.309),
    Check("llm-training-datasets", "60 TB", 15 * 4),
    Check("llm-training-datasets", "7.2e23", training(8e9, 15e12)),
    Check("domain-pretraining-datasets", "337 ", hours(8e9, 10e9)),
    Check("domain-pretraining-datasets-from-scratch", "1.73e23", training(50.6e9, 569e9)),
    Check("domain-pretraining-datasets-from-scratch", "2.0e21", training(7e9, 48.1e9)),
    Check("domain-pretraining-datasets-from-scratch", "85 ", 50.6 * 569 / (7 * 48.1), tolerance=0.01),
]
