"""Recomputes the figures of pretraining.md: scaling laws, repetition, deduplication, mixtures, optimisers."""

from math import exp, log, sqrt

from content.checks.formulas import GB, forward, training
from content.checks.statements import Check

REFIT = {"E": 1.8172, "A": 482.01, "B": 2085.43, "a": 0.3478, "b": 0.3658}
PRINTED = {"A": 406.4, "B": 410.7, "a": 0.34, "b": 0.28}
COMPUTE = training(70e9, 1.4e12)  # of Chinchilla


def best_size(compute, fit):
    """Parameters at which a + b of the fit balance, for 6ND = compute."""
    exponent = 1 / (fit["a"] + fit["b"])
    return (fit["a"] * fit["A"] / (fit["b"] * fit["B"])) ** exponent * (compute / 6) ** (fit["b"] * exponent)


def best_ratio(compute, fit):
    """Tokens per parameter at the best size."""
    return compute / 6 / best_size(compute, fit) ** 2


def loss(parameters, tokens):
    return REFIT["E"] + REFIT["A"] / parameters ** REFIT["a"] + REFIT["B"] / tokens ** REFIT["b"]


def worth(passes):
    """Of repeated data, in passes over fresh data."""
    return 1 + 15.39 * (1 - exp(-(passes - 1) / 15.39))


def found(similarity):
    """Probability that 14 bands of 8 rows make a candidate of a pair."""
    return 1 - (1 - similarity**8) ** 14


SHARES = (0.9, 0.09, 0.01)
MASS = sum(share**0.3 for share in SHARES)
SMALL, LARGE = training(8e9, 15e12), training(33.8e9, 0.645e12)

CHECKS = [
    Check("pt-chinchilla-vs-kaplan", "5.04e23", training(280e9, 300e9)),
    Check("pt-chinchilla-vs-kaplan", "5.88e23", COMPUTE),
    Check("pt-chinchilla-vs-kaplan", "1.07", 300 / 280),
    Check("pt-chinchilla-vs-kaplan", "93", best_ratio(COMPUTE, PRINTED)),
    Check("pt-chinchilla-vs-kaplan", "18", best_ratio(COMPUTE, REFIT)),
    Check("pt-six-nd", "14%", 6 * 32 * 8192 * 4096 / 45e9 * 100),
    Check("pt-six-nd", "229%", 6 * 32 * 131072 * 4096 / 45e9 * 100),
    Check("pt-six-nd", "18 ", 671 / 37),
    Check("pt-overtraining", "1,875", 15e12 / 8e9),
    Check("pt-overtraining", "2.022", loss(8e9, 15e12)),
    Check("pt-overtraining", "33.8B", best_size(LARGE, REFIT) / 1e9, tolerance=0.01),
    Check("pt-overtraining", "7.2e23", SMALL),
    Check("pt-overtraining", "5.5 ", SMALL / LARGE),
    Check("pt-overtraining", "4.2 ", forward(33.8) / forward(8)),
    Check("pt-overtraining", "1.14e13", (SMALL - LARGE) / (forward(33.8e9) - forward(8e9))),
    Check("pt-overtraining-flagship", "3.8e25", training(405e9, 15.6e12)),
    Check("pt-data-repetition", "3.73", worth(4)),
    Check("pt-data-repetition", "10.6", worth(16)),
    Check("pt-data-repetition", "15.2", worth(40)),
    Check("pt-data-repetition", "93%", worth(4) / 4 * 100),
    Check("pt-data-repetition", "66%", worth(16) / 16 * 100),
    Check("pt-data-repetition", "38%", worth(40) / 40 * 100),
    Check("pt-minhash", "21%", found(0.6) * 100),
    Check("pt-minhash", "56%", found(0.7) * 100),
    Check("pt-minhash", "77%", found(0.75) * 100),
    Check("pt-minhash", "92%", found(0.8) * 100),
    Check("pt-minhash", "98.8%", found(0.85) * 100),
    Check("pt-minhash", "0.941", 95 / 101),
    Check("pt-minhash", "896 B", 14 * 8 * 8),
    Check("pt-minhash-proof", "0.041", sqrt(0.75 * 0.25 / 112)),
    Check("pt-quality-filter", "2.1e24", forward(70e9, 15e12)),
    Check("pt-quality-filter", "9%", 1.3 / 15 * 100),
    Check("pt-multilingual-mix", "0.969", 0.9**0.3),
    Check("pt-multilingual-mix", "0.486", 0.09**0.3),
    Check("pt-multilingual-mix", "0.251", 0.01**0.3),
    Check("pt-multilingual-mix", "56.8%", 0.9**0.3 / MASS * 100),
    Check("pt-multilingual-mix", "28.5%", 0.09**0.3 / MASS * 100),
    Check("pt-multilingual-mix", "14.7%", 0.01**0.3 / MASS * 100),
    Check("pt-lr-schedule", "37%", (1 - (0.8 * 8 + 0.2 * 15) / 15) * 100),
    Check("pt-adamw-settings", "33,333", 1 / (3e-4 * 0.1)),
    Check("pt-adamw-settings-batch", "0.9984", 1 - 1 / (80e6 / (4e6 / 32))),
    Check("pt-muon", "0.5%", 5 * 4096 / 4e6 * 100),
    Check("pt-bits-per-byte", "0.7214", 2 / (0.6931 * 4)),
    Check("pt-bits-per-byte", "0.6886", 2.1 / (log(2) * 4.4)),
    Check("pt-mtp", "4.24 GB", 8192 * 129280 * 4 / GB),
]
