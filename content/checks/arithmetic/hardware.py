"""Recomputes the figures of hardware.md: balance of cards, traffic, training time, serving a large model, prices."""

from content.checks.formulas import (
    DAY,
    GB,
    H100,
    H200,
    HOUR,
    LLAMA_8B,
    LLAMA_70B,
    MB,
    MS,
    TB,
    all_reduce,
    forward,
    price,
    training,
)
from content.checks.statements import Check

SMALL, LARGE = LLAMA_8B.parameters, LLAMA_70B.parameters
NVLINK, PCIE, NIC = 450e9, 64e9, 50e9  # bytes per second, one way
ACTIVATIONS = 8192 * 8192 * 2
SENT = all_reduce(ACTIVATIONS, 8)
# What 8,192 tokens with attention cost a token: the convention of the answers counts the full square.
PER_TOKEN = training(SMALL, 1) + 12 * 32 * 4096 * 8192
BATCH = LLAMA_70B.kv_cache(64 * 8192)
GPU_SECONDS = training(8e9, 2e12) / (H100.bf16 * 0.4)
V3 = training(37e9, 14.8e12)
OWNED = 250000 / (8 * 4 * 8760)
POWER = 10.2 * 1.3 * 0.1 / 8

CARDS = [
    Check("hw-gpu-key-specs", "295 FLOP/B", H100.balance),
    Check("hw-gpu-key-specs", "419 FLOP/B", 362 / 0.864),
    Check("hw-gpu-key-specs", "141 GB", 2 * LARGE / GB),
    Check("hw-roofline", "16.06 GB", 2 * SMALL / GB),
    Check("hw-roofline", "4.79 ms", 2 * SMALL / H100.bandwidth / MS),
    Check("hw-roofline", "209 ", H100.bandwidth / (2 * SMALL)),
    Check("hw-roofline", "3.29e13", forward(SMALL, 2048)),
    Check("hw-roofline", "33.2 ms", forward(SMALL, 2048) / H100.bf16 / MS, tolerance=0.002),
    Check("hw-decode-batch-attention", "8 FLOP/B", LLAMA_70B.heads / LLAMA_70B.kv_heads),
    Check("hw-gpu-memory-hierarchy", "33.8 MB", 256 * 132 / 1000),
    Check("hw-gpu-memory-hierarchy", "4.29 GB", 32 * 8192**2 * 2 / GB),
    Check("hw-wave-quantisation", "256 tiles", (2048 / 128) ** 2, zh="256 个"),
    Check("hw-wave-quantisation", "1.94", 256 / 132),
    Check("hw-wave-quantisation", "97%", 256 / 132 / 2 * 100),
    Check("hw-wave-quantisation", "1.09", (1536 / 128) ** 2 / 132),
    Check("hw-wave-quantisation", "54.5%", (1536 / 128) ** 2 / 132 / 2 * 100),
    Check("hw-mxfp4-nvfp4", "4.25 ", 4 + 8 / 32),
    Check("hw-mxfp4-nvfp4", "4.5 ", 4 + 8 / 16),
    Check("hw-training-vs-inference-cards", "9.3 ms", 8 / 864 * 1e3),
    Check("hw-training-vs-inference-cards", "2.4 ms", 8 / 3350 * 1e3),
]

TRAFFIC = [
    Check("hw-nvlink-pcie", "134 MB", ACTIVATIONS / MB),
    Check("hw-nvlink-pcie", "235 MB", SENT / MB),
    Check("hw-nvlink-pcie", "0.52 ms", SENT / NVLINK / MS),
    Check("hw-nvlink-pcie", "3.67 ms", SENT / PCIE / MS),
    Check("hw-nvlink-pcie", "4.70 ms", SENT / NIC / MS),
    Check("hw-nvlink-pcie", "3.5 ms", forward(LLAMA_70B.layer, 8192) / (8 * H100.bf16 * 0.5) / MS),
    Check("hw-nvlink-pcie", "1.0 ms", 2 * SENT / NVLINK / MS),
    Check("hw-nvlink-pcie", "7.3 ms", 2 * SENT / PCIE / MS),
    Check("hw-no-nvlink-cards", "16 KB", 8192 * 2 / 1024),
    Check("hw-cluster-network", "3.75 GB", all_reduce(2, 16)),
    Check("hw-cluster-network", "75 ms", all_reduce(2e9, 16) / NIC / MS),
    Check("hw-cluster-network", "1.56 GB/s", 100 / 8 / 8),
    Check("hw-cluster-network", "2.4 s", all_reduce(2, 16) / (100 / 8 / 8)),
]

TRAINING = [
    Check("hw-train-sizing", "9.6e22", training(8e9, 2e12)),
    Check("hw-train-sizing", "3.958e14", H100.bf16 * 0.4),
    Check("hw-train-sizing", "67,400", GPU_SECONDS / HOUR, tolerance=0.001),
    Check("hw-train-sizing", "11.0 days", GPU_SECONDS / 256 / DAY, zh="11.0 天"),
    Check("hw-train-sizing", "1.29e10", 12 * 32 * 4096 * 8192),
    Check("hw-train-sizing", "27%", 12 * 32 * 4096 * 8192 / training(8e9, 1) * 100),
    Check("hw-dsv3-sanity-check", "3.29e24", V3),
    Check("hw-dsv3-sanity-check", "343 TFLOPS", V3 / (2.664e6 * HOUR) / 1e12),
    Check("hw-dsv3-sanity-check", "35%", V3 / (2.664e6 * HOUR) / 989e12 * 100),
    Check("hw-dsv3-sanity-check", "17%", V3 / (2.664e6 * HOUR) / 1979e12 * 100),
    Check("hw-mfu", "6.11e10", PER_TOKEN),
    Check("hw-mfu", "3.97e14", 6500 * PER_TOKEN),
    Check("hw-mfu", "40.1%", 6500 * PER_TOKEN / H100.bf16 * 100),
    Check("hw-mfu-inference", "2.41 TB/s", 150 * 2 * SMALL / TB),
    Check("hw-mfu-inference", "72%", 150 * 2 * SMALL / H100.bandwidth * 100),
    Check("hw-mfu-inference", "0.24%", 150 * forward(SMALL) / H100.bf16 * 100),
    Check("hw-host-cpu-ram-storage", "208,000 B/s", 8 * 6500 * 4),
    Check("hw-host-cpu-ram-storage", "988 GB", LARGE * 14 / GB),
    Check("hw-host-cpu-ram-storage", "99 s", LARGE * 14 / 10e9),
    Check("hw-host-cpu-ram-storage", "9.9 s", LARGE * 14 / 100e9),
    Check("hw-host-cpu-ram-storage", "5.5%", LARGE * 14 / 10e9 / 1800 * 100),
    Check("hw-host-cpu-ram-storage", "0.55%", LARGE * 14 / 100e9 / 1800 * 100),
    Check("hw-cold-start", "113 s", 2 * LARGE / 1.25e9),
    Check("hw-cold-start", "20 s", 2 * LARGE / 7e9),
]

SERVING = [
    Check("hw-serve-70b", "327,680 B", LLAMA_70B.kv_cache()),
    Check("hw-serve-70b", "171.8 GB", BATCH / GB),
    Check("hw-serve-70b", "312.9 GB", (2 * LARGE + BATCH) / GB),
    Check("hw-serve-70b", "242.4 GB", (LARGE + BATCH) / GB),
    Check("hw-serve-70b", "288 GB", 4 * H100.memory * 0.9 / GB),
    Check("hw-serve-70b", "253.8 GB", 2 * H200.memory * 0.9 / GB),
    Check("hw-serve-70b", "576 GB", 8 * H100.memory * 0.9 / GB),
    Check("hw-serve-70b", "13.4 TB/s", 4 * H100.bandwidth / TB),
    Check("hw-serve-70b", "5.3 ms", LARGE / (4 * H100.bandwidth) / MS),
    Check("hw-serve-70b", "12.8 ms", BATCH / (4 * H100.bandwidth) / MS),
    Check("hw-serve-70b", "18.1 ms", (LARGE + BATCH) / (4 * H100.bandwidth) / MS),
    Check("hw-serve-70b", "3540 ", 64 / 18.1e-3, tolerance=0.002),
    Check("hw-cost", "1.11 ", price(1e6 / 2000, 2, cards=4)),
    Check("hw-cost", "3.70 ", 1.11 / 0.3),
    Check("hw-cost", "0.89 ", OWNED),
    Check("hw-cost", "0.17 ", POWER),
    Check("hw-cost", "1.36 ", OWNED + POWER + 0.30),
    Check("hw-cost", "68%", (OWNED + POWER + 0.30) / 2 * 100),
    Check("hw-api-break-even", "192 ", 4 * 2 * 24),
    Check("hw-api-break-even", "320 million", 192 / 0.6 * 1e6, zh="3.2 亿"),
    Check("hw-api-break-even", "3700 ", 3.2e8 / DAY, tolerance=0.002),
]

CHECKS = CARDS + TRAFFIC + TRAINING + SERVING
