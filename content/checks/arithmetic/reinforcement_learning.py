"""Recomputes the figures of reinforcement-learning.md: costs of labels, memory of four models."""

from math import exp, log

from content.checks.formulas import GB, LLAMA_8B, forward, model_states
from content.checks.statements import Check

TRAINED, FROZEN = model_states(LLAMA_8B.parameters) / GB, 2 * LLAMA_8B.parameters / GB
ADAPTER = model_states(LLAMA_8B.lora(16)) / GB
JUDGE = 2000 / 1e6 * 1 + 300 / 1e6 * 4

CHECKS = [
    Check("reward-model-same-base", "1.6e13", forward(8e9, 1000)),
    Check("reward-model-same-base", "11%", forward(8e9, 1000) / forward(70e9, 1000) * 100),
    Check("rlhf-shortcomings", "10.3", exp(1 / 0.3 - 1)),
    Check("preference-data-cost", "83333", 50000 * 5 / 60 * 20),
    Check("preference-data-cost", "0.0032", JUDGE),
    Check("preference-data-cost", "320", 100000 * JUDGE),
    Check("three-stage-slow-iteration", "0.437", log(1 + exp(-0.6))),
    Check("three-stage-slow-iteration", "0.693", log(2)),
    Check("three-stage-slow-iteration-rejection-sampling", "0.81", 1 - 0.95**32),
    Check("ppo-four-models", "289.1", 2 * (TRAINED + FROZEN)),
    Check("ppo-four-models", "160.6", TRAINED + 2 * FROZEN),
    Check("ppo-four-models", "144.5", TRAINED + FROZEN),
    Check("ppo-four-models", "128.5", TRAINED),
    Check("ppo-four-models", "18.1", FROZEN + 3 * ADAPTER),
    Check("ppo-four-models-critic-free", "0.25", 0.5 / 4**0.5),
    Check("ppo-four-models-critic-free", "0.125", 0.5 / 16**0.5),
]
