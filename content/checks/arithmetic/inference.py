"""Recomputes the figures of inference.md: what bandwidth and compute allow, memory saved, filters, chains of steps."""

from content.checks.formulas import GB, H100, LLAMA_8B, MS, forward, model_states
from content.checks.statements import Check

SIZE = LLAMA_8B.parameters
WEIGHTS, FOUR_BIT = 2 * SIZE, SIZE * 4.5 / 8
DESKTOP, SERVER, RTX_4090 = 2 * 8 * 5.6e9, 12 * 8 * 4.8e9, 1008e9
INT8 = 1979e12
STEP = 0.95 + 0.05 * 0.9 * 0.95


def layer_time(tokens, read, rate):
    """Milliseconds of the linear layers: the slower of reading and computing."""
    return max(read / H100.bandwidth, forward(SIZE, tokens) / rate) / MS


CHECKS = [
    Check("inference-memory-growth", "131,072 B", LLAMA_8B.kv_cache()),
    Check("inference-memory-growth", "34.4 GB", LLAMA_8B.kv_cache(32 * 8192) / GB),
    Check("inference-memory-growth", "4.2 GB", 8192 * 128256 * 4 / GB),
    Check("inference-gpu-vs-cpu", "16.06 GB", WEIGHTS / GB),
    Check("inference-gpu-vs-cpu", "4.52 GB", FOUR_BIT / GB),
    Check("inference-gpu-vs-cpu", "89.6 GB/s", DESKTOP / GB),
    Check("inference-gpu-vs-cpu", "460.8 GB/s", SERVER / GB),
    Check("inference-gpu-vs-cpu", "5.6 token/s", DESKTOP / WEIGHTS),
    Check("inference-gpu-vs-cpu", "19.8 token/s", DESKTOP / FOUR_BIT),
    Check("inference-gpu-vs-cpu", "| 28.7 |", SERVER / WEIGHTS),
    Check("inference-gpu-vs-cpu", "| 102 |", SERVER / FOUR_BIT),
    Check("inference-gpu-vs-cpu", "| 62.8 |", RTX_4090 / WEIGHTS),
    Check("inference-gpu-vs-cpu", "| 223 |", RTX_4090 / FOUR_BIT),
    Check("inference-gpu-vs-cpu", "| 209 |", H100.bandwidth / WEIGHTS),
    Check("inference-gpu-vs-cpu", "| 741 |", H100.bandwidth / FOUR_BIT, tolerance=0.001),
    Check("inference-gpu-vs-cpu", "3.29e13", forward(SIZE, 2048)),
    Check("inference-gpu-vs-cpu", "32.9 s", forward(SIZE, 2048) / 1e12, zh="32.9 秒"),
    Check("inference-gpu-vs-cpu", "1.6 s", forward(SIZE, 2048) / 20e12, zh="1.6 秒"),
    Check("inference-gpu-vs-cpu", "0.07 s", forward(SIZE, 2048) / 500e12, zh="0.07 秒"),
    Check("inference-gpu-vs-cpu-moe", "1.86 GB", 3.3 * 4.5 / 8),
    Check("inference-gpu-vs-cpu-moe", "48 token/s", DESKTOP / (3.3e9 * 4.5 / 8)),
    Check("inference-gpu-vs-cpu-moe", "16.9 GB", 30 * 4.5 / 8),
    Check("inference-gpu-vs-cpu-moe", "5.3 token/s", DESKTOP / (30e9 * 4.5 / 8)),
    Check("int8-vs-fp16-speed", "4.79 ms", layer_time(1, WEIGHTS, 989e12)),
    Check("int8-vs-fp16-speed", "2.40 ms", layer_time(1, SIZE, INT8)),
    Check("int8-vs-fp16-speed", "8.31 ms", layer_time(512, WEIGHTS, 989e12)),
    Check("int8-vs-fp16-speed", "4.15 ms", layer_time(512, SIZE, INT8), tolerance=0.002),
    Check("int8-vs-fp16-speed", "66.5 ms", layer_time(4096, WEIGHTS, 989e12)),
    Check("int8-vs-fp16-speed", "33.2 ms", layer_time(4096, SIZE, INT8)),
    Check("memory-saving-methods", "112.4 ", 14 * SIZE / GB),
    Check("memory-saving-methods", "0.67 GB", model_states(LLAMA_8B.lora(16)) / GB),
    Check("memory-saving-methods", "16.1 GB", model_states(SIZE, 8, 3) / GB),
    Check("memory-saving-methods-serving-order", "61 thousand", SIZE / LLAMA_8B.kv_cache(), zh="6.1 万"),
    Check("compliant-output", "8.3%", 900 / (900 + 9990) * 100),
    Check("changing-application-patterns", "59.9%", 0.95**10 * 100),
    Check("changing-application-patterns", "90.4%", 0.99**10 * 100),
    Check("changing-application-patterns", "99.3%", STEP * 100),
    Check("changing-application-patterns", "93%", STEP**10 * 100),
    Check("changing-application-patterns-cost", "130,000", sum(4000 + 2000 * i for i in range(10))),
    Check("changing-application-patterns-cost", "32.5 ", 130000 / 4000),
    Check("changing-application-patterns-cost", "22,000", 4000 + 9 * 2000),
]
