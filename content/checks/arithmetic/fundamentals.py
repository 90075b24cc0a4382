"""Recomputes the figures of fundamentals.md, advanced.md and agents.md: shares of parameters, wavelengths, work."""

from math import pi

from content.checks.formulas import GB, LLAMA_7B, LLAMA_8B, forward
from content.checks.statements import Check

SIZE = LLAMA_8B.parameters
LINEAR = forward(LLAMA_7B.layers * (LLAMA_7B.attention + LLAMA_7B.feed_forward))


def wavelength(pair, base=10000, width=128):
    """Tokens that the rotation of one pair of RoPE takes for a turn."""
    return 2 * pi * base ** (2 * pair / width)


CHECKS = [
    Check("open-source-model-families", "28%", 13 / 47 * 100),
    Check("open-source-model-families", "5.5%", 37 / 671 * 100),
    Check("emergent-abilities", "10.7%", 0.8**10 * 100),
    Check("emergent-abilities", "34.9%", 0.9**10 * 100),
    Check("emergent-abilities", "59.9%", 0.95**10 * 100),
    Check("emergent-abilities", "90.4%", 0.99**10 * 100),
    Check("llm-architecture", "16.7%", 32 * LLAMA_8B.attention / SIZE * 100),
    Check("llm-architecture", "70.2%", 32 * LLAMA_8B.feed_forward / SIZE * 100),
    Check("llm-architecture", "13.1%", 2 * LLAMA_8B.embedding / SIZE * 100),
    Check("repetition-what", "27 ", 8192 / 300, zh="27"),
    Check("llama-unlimited-input", "54,410", wavelength(63)),
    Check("llama-unlimited-input", "23 ", sum(wavelength(pair) > 2048 for pair in range(64))),
    Check("why-not-pretrain-long", "15.0 GFLOP", forward(SIZE - LLAMA_8B.embedding) / 1e9),
    Check("why-not-pretrain-long", "2.1 GFLOP", 2 * 8192 * 4096 * 32 / 1e9),
    Check("why-not-pretrain-long", "34.4 ", 2 * 131072 * 4096 * 32 / 1e9, zh="34.4"),
    Check("bert-vs-llm-choice", "6.48B", LINEAR / 2 / 1e9),
    Check("bert-vs-llm-choice", "76 ", LINEAR / 2 / 85e6),
    Check("inject-domain-knowledge", "15.7 GB", LLAMA_8B.kv_cache(120000) / GB),
    Check("inject-domain-knowledge", "1.93e15", forward(SIZE, 120000)),
    Check("inject-domain-knowledge", "3.77e15", LLAMA_8B.causal_attention(120000)),
    Check("try-many-models-quickly", "4.5 GB", 8 * 4.5 / 8),
    Check("try-many-models-quickly", "7.9 GB", 14 * 4.5 / 8),
    Check("try-many-models-quickly", "39.4 GB", 70 * 4.5 / 8),
]
