"""Recomputes the figures of alignment.md: losses, groups that teach nothing, systems, test-time compute."""

from math import exp, log, sqrt

from content.checks.formulas import at_least, forward, training
from content.checks.statements import Check

SAMPLES = 512 * 8 * 4000  # tokens of one step of the system


def mixed(p, n):
    """Probability that a group of `n` has both right and wrong answers."""
    return 1 - p**n - (1 - p) ** n


CHECKS = [
    Check("align-sft-packing", "16,000", 4 * 4000),
    Check("align-sft-packing", "34%", 5500 / 16000 * 100),
    Check("align-sft-packing", "67%", 5500 / 8192 * 100),
    Check("align-sft-rejection-sampling-count", "149", -(log(0.05) // -log(0.98))),
    Check("align-dpo-derivation", "0.693", log(2)),
    Check("align-dpo-derivation-reference", "140 GB", 2 * 70),
    Check("align-dpo-beta", "0.047", 1 / (1 + exp(3))),
    Check("align-dpo-beta", "300", 3 / 0.01),
    Check("align-rm-training", "= 36", 9 * 8 / 2),
    Check("align-ppo-clipping", "20,000", 1.02**500, zh="2 万", tolerance=0.01),
    Check("align-ppo-clipping", "0.012", 0.01 * 1.2),
    Check("align-ppo-clipping", "1.08", 0.9 * 1.2),
    Check("align-ppo-critic-gae", "0.006", 0.95**100),
    Check("align-ppo-critic-gae", "112 GB", 16 * 7),
    Check("align-rl-systems", "16,384,000", SAMPLES),
    Check("align-rl-systems", "128 s", SAMPLES / (64 * 2000)),
    Check("align-rl-systems", "31 s", training(8e9, SAMPLES) / (64 * 4e14)),
    Check("align-rl-systems", "546 s", 32768 / 60),
    Check("align-rl-systems", "2.8 s", 140 / 50),
    Check("align-grpo-basics", "2.646", (1 - 1 / 8) / sqrt(7 / 64)),
    Check("align-grpo-basics", "-0.378", -(1 / 8) / sqrt(7 / 64)),
    Check("align-grpo-bias", "0.218", sqrt(0.95 * 0.05)),
    Check("align-grpo-bias", "2.3 ", 0.5 / sqrt(0.95 * 0.05)),
    Check("align-dapo", "0.815", mixed(0.9, 16)),
    Check("align-dapo", "0.149", mixed(0.99, 16)),
    Check("align-dapo", "6.7 ", 1 / mixed(0.99, 16)),
    Check("align-entropy-collapse-pass-k", "0.86", 1 - 0.97**64),
    Check("align-rlvr-reward-design", "0.8", 1 - 0.05 - 0.15),
    Check("align-gspo-moe", "0.0095", 0.3 / sqrt(1000)),
    Check("align-agent-rl", "60 s", 30 * 2),
    Check("align-agent-rl", r"26\%", (1 - 0.99**30) * 100),
    Check("align-reward-overoptimization", "5.93", log(1024) - 1023 / 1024),
    Check("align-r1-recipe-small", r"15\%", (1 - 0.99**16) * 100),
    Check("align-ttc-kinds", "8.75 ", forward(70) / forward(8)),
    Check("align-pass-k-majority-bon", "0.733", at_least(9, 5, 0.6)),
    Check("align-pass-k-majority-bon", "0.267", at_least(9, 5, 0.4)),
    Check("align-pass-k-majority-bon", "0.949", at_least(65, 33, 0.6)),
    Check("align-pass-k-majority-bon", "0.091", sqrt(0.25 / 30)),
    Check("align-prm-vs-orm", "40,000", 10 * 8 * 500),
    Check("align-prm-vs-orm-aggregation", "0.36", 0.95**20),
    Check("align-thinking-length", "160 ", 8000 / 50),
    Check("align-thinking-length", "2,960", 0.7 * 800 + 0.3 * 8000),
    Check("align-thinking-length", "63%", (1 - 2960 / 8000) * 100),
]
