"""Recomputes the figures of memory.md: states, activations, caches, logits, plans for a card."""

from content.checks.formulas import (
    GB,
    KIB,
    LLAMA_7B,
    LLAMA_8B,
    LLAMA_70B,
    MB,
    MS,
    experts_touched,
    forward,
    model_states,
    training,
)
from content.checks.statements import Check

SMALL, LARGE = LLAMA_8B.parameters, LLAMA_70B.parameters
EFFECTIVE, PCIE = 400e12, 25e9  # FLOP/s and bytes/s that the answers reckon with
H, FFN, VOCABULARY = LLAMA_8B.hidden, LLAMA_8B.ffn, LLAMA_8B.vocabulary
KV_WIDTH = LLAMA_8B.kv_heads * LLAMA_8B.head_dim
# Kept per token and layer in BF16: two norms' inputs and outputs, Q and the attention's output, K and V; gate, up,
# silu(gate) and their product.
KEPT = 2 * (4 * H + 2 * H + 2 * KV_WIDTH + 4 * FFN)
LAYERS = LLAMA_8B.layers
ADAPTER = LLAMA_8B.lora(16)
NF4 = 4 + 8 / 64 + 32 / (64 * 256)  # bits per weight with double quantisation
QUANTISED = SMALL - 2 * LLAMA_8B.embedding
BASE_4_BIT = QUANTISED * NF4 / 8 + 2 * LLAMA_8B.embedding * 2
LOGITS = 4 * 8192 * VOCABULARY
MLA = 61 * (512 + 64) * 2

STATES = [
    Check("mem-bytes-per-parameter", "112 GB", model_states(7e9) / GB),
    Check("mem-bytes-per-parameter", "28 GB", 4 * 7),
    Check("mem-bytes-per-parameter", "75%", 12 / 16 * 100),
    Check("mem-bytes-per-parameter", "14 GB", model_states(7e9, 8, 3) / GB),
    Check("mem-mixed-precision-saves", "0.0078", 2**-7),
    Check("mem-optimizer-states", "64.2 GB", 8 * SMALL / GB),
    Check("mem-optimizer-states", "16.1 GB", 2 * SMALL / GB),
    Check("mem-optimizer-states", "32.1 GB", 4 * SMALL / GB),
    Check("mem-optimizer-states", "58,720,256", H * FFN),
    Check("mem-optimizer-states", "18,432", H + FFN),
    Check("mem-optimizer-states", "0.03%", (H + FFN) / (H * FFN) * 100),
    Check("mem-optimizer-states", "33,554,432", 2 * FFN * 1024 + H * 1024),
    Check("mem-optimizer-states", "28.6%", (2 * FFN * 1024 + H * 1024) / (2 * H * FFN) * 100),
    Check("mem-optimizer-states", "117,440,512", 2 * H * FFN),
    Check("mem-full-finetune-minimum", "128.5 GB", model_states(SMALL) / GB),
    Check("mem-full-finetune-minimum", "64.2 GB", model_states(SMALL, 2, 3) / GB),
    Check("mem-full-finetune-minimum", "96 GB", 12 * SMALL / GB),
    Check("mem-full-finetune-minimum", "32 GB", 4 * SMALL / GB),
    Check("mem-full-finetune-minimum", "48 GB", 6 * SMALL / GB),
    Check("mem-cpu-offload", "7.9 s", training(SMALL, 65536) / EFFECTIVE),
    Check("mem-cpu-offload", "0.64 s", 2 * SMALL / PCIE),
    Check("mem-cpu-offload", "1.1 s", 28 * SMALL / 200e9),
    Check("mem-cpu-offload", "2.4 s", 2 * 2 * SMALL / PCIE + 28 * SMALL / 200e9),
    Check("mem-cpu-offload", "0.49 s", training(SMALL, 4096) / EFFECTIVE),
    Check("mem-inference-offload", "0.72 s", 18 / 25),
    Check("mem-inference-offload", "0.23 s", 18 / 80),
    Check("mem-fused-backward-update", "16 GB", 2 * SMALL / GB),
]

ACTIVATIONS = [
    Check("mem-activation-arithmetic", "= 80", 5 * 96 * 2048 / 12288),
    Check("mem-activation-arithmetic", "167,936", KEPT),
    Check("mem-activation-arithmetic", "41h", KEPT / H),
    Check("mem-activation-arithmetic", "44.0 GB", KEPT * LAYERS * 8192 / GB),
    Check("mem-activation-arithmetic", "3.5 GB", (2 * H * LAYERS + KEPT) * 8192 / GB),
    Check("mem-inference-activations", "7.5 GB", 131072 * 2 * FFN * 2 / GB),
    Check("mem-inference-activations", "0.47 GB", 8192 * 2 * FFN * 2 / GB),
    Check("mem-activation-checkpointing", "2.1 GB", 8192 * 2 * H * LAYERS / GB),
    Check("mem-activation-checkpointing", "1.4 GB", 8192 * KEPT / GB),
    Check("mem-sqrt-checkpointing", "= 105", 2 * 32 / 1 + 41 * 1),
    Check("mem-sqrt-checkpointing", "= 114", 2 * 32 / 2 + 41 * 2),
    Check("mem-activation-offload", "67 MB", 2 * H * 8192 / MB),
    Check("mem-activation-offload", "2.7 ms", 2 * H * 8192 / PCIE / MS),
    Check("mem-activation-offload", "2.18e8", LLAMA_8B.layer),
    Check("mem-activation-offload", "3.6e12", forward(LLAMA_8B.layer, 8192)),
    Check("mem-activation-offload", "8.9 ms", forward(LLAMA_8B.layer, 8192) / EFFECTIVE / MS),
    Check("mem-activation-offload", "55 ms", KEPT * 8192 / PCIE / MS),
    Check("mem-logits-vocabulary", "8.4 GB", 2 * LOGITS / GB),
    Check("mem-logits-vocabulary", "16.8 GB", 4 * LOGITS / GB),
    Check("mem-logits-vocabulary", "58.8 GB", (2 + 3 * 4) * LOGITS / GB),
    Check("mem-oom-diagnosis", "32,768", 16.8e9 / 4 / VOCABULARY, tolerance=0.002),
    Check("mem-long-context-training", "704 GB", KEPT * LAYERS * 131072 / GB),
    Check("mem-long-context-training", "34.4 GB", 2 * H * LAYERS * 131072 / GB),
    Check("mem-long-context-training", "22.0 GB", KEPT * 131072 / GB),
    Check("mem-long-context-training", "67.2 GB", 4 * VOCABULARY * 131072 / GB),
    Check("mem-long-context-training", "128.5 GB", model_states(SMALL) / GB),
    Check("mem-long-context-training", "16.1 GB", model_states(SMALL, 8, 3) / GB),
    Check("mem-long-context-training", "4.3 GB", 2 * H * LAYERS * 16384 / GB),
    Check("mem-long-context-training", "2.8 GB", KEPT * 16384 / GB),
    Check("mem-long-context-training", "2.06e11", 12 * LAYERS * H * 131072),
    Check("mem-long-context-training", "1.03e11", 6 * LAYERS * H * 131072),
    Check("mem-long-context-training", "2.1 ", 6 * LAYERS * H * 131072 / training(SMALL, 1)),
]

INFERENCE = [
    Check("mem-kv-cache-size", "512 KiB", LLAMA_7B.kv_cache() / KIB),
    Check("mem-kv-cache-size", "128 KiB", LLAMA_8B.kv_cache() / KIB),
    Check("mem-kv-cache-size", "320 KiB", LLAMA_70B.kv_cache() / KIB),
    Check("mem-kv-cache-size", "524,288 B", LLAMA_7B.kv_cache()),
    Check("mem-kv-cache-size", "4.29 GB", LLAMA_7B.kv_cache(8192) / GB),
    Check("mem-kv-cache-size", "1.07 GB", LLAMA_8B.kv_cache(8192) / GB),
    Check("mem-kv-cache-size", "327,680 B", LLAMA_70B.kv_cache()),
    Check("mem-kv-cache-size", "2.68 GB", LLAMA_70B.kv_cache(8192) / GB),
    Check("mem-kv-cache-size", "410 thousand", 54e9 / LLAMA_8B.kv_cache(), zh="41 万", tolerance=0.01),
    Check("mem-mla-cache-size", "70,272 B", MLA),
    Check("mem-mla-cache-size", "4.7 ", LLAMA_70B.kv_cache() / MLA),
    Check("mem-mla-cache-size", "4.0 MB", 2 * 61 * 128 * 128 * 2 / MB),
    Check("mem-mla-cache-size", "57 ", 2 * 61 * 128 * 128 * 2 / MLA),
    Check("mem-moe-memory", "93.4 GB", 2 * 46.7),
    Check("mem-moe-memory", "1342 GB", 2 * 671),
    Check("mem-moe-memory", "163", experts_touched(256, 8, 32)),
    Check("mem-moe-memory", "252", experts_touched(256, 8, 128)),
    Check("mem-moe-memory", "10.7 TB", 671e9 * 16 / 1e12),
    Check("mem-vllm-preallocation", "400 thousand", 53e9 / LLAMA_8B.kv_cache(), zh="40 万", tolerance=0.02),
    Check("mem-vllm-preallocation", "17.2 GB", LLAMA_8B.kv_cache(131072) / GB),
    Check("mem-vllm-preallocation", "4.0 GB", 24 * 0.9 - 2 * SMALL / GB - 1.5),
]

FINE_TUNING = [
    Check("mem-quantised-loading", "1.05e9", 2 * LLAMA_8B.embedding),
    Check("mem-quantised-loading", "6.98e9", QUANTISED),
    Check("mem-quantised-loading", "4.127", NF4),
    Check("mem-quantised-loading", "3.60 GB", QUANTISED * NF4 / 8 / GB),
    Check("mem-quantised-loading", "2.10 GB", 2 * LLAMA_8B.embedding * 2 / GB),
    Check("mem-quantised-loading", "5.70 GB", BASE_4_BIT / GB),
    Check("mem-quantised-loading", "3%", 2 * LLAMA_70B.embedding / LARGE * 100),
    Check("mem-lora-memory", "41.94 million", ADAPTER, zh="4194 万"),
    Check("mem-lora-memory", "0.52%", ADAPTER / SMALL * 100),
    Check("mem-lora-memory", "0.67 GB", model_states(ADAPTER) / GB),
    Check("mem-lora-memory", "131,072", 16 * (H + H)),
    Check("mem-lora-memory", "81,920", 16 * (H + KV_WIDTH)),
    Check("mem-lora-memory", "294,912", 16 * (H + FFN)),
    Check("mem-lora-memory", "112.4 GB", 14 * SMALL / GB),
    Check("mem-lora-memory", "22%", (2 * FFN + 2 * H) / KEPT * 100),
    Check("mem-qlora-65b", "33.5 GB", 65e9 * NF4 / 8 / GB),
    Check("mem-24gb-plan", "16.06 GB", 2 * SMALL / GB),
    Check("mem-24gb-plan", "1.07 GB", 2 * H * LAYERS * 4096 / GB),
    Check("mem-24gb-plan", "0.69 GB", KEPT * 4096 / GB),
    Check("mem-24gb-plan", "5.25 GB", 4096 * VOCABULARY * 10 / GB),
    Check("mem-24gb-plan", "14.4 GB", 5.70 + 0.67 + 1.07 + 0.69 + 5.25 + 1),
    Check("mem-24gb-plan", "24.7 GB", 16.06 + 0.67 + 1.07 + 0.69 + 5.25 + 1),
    Check("mem-24gb-plan", "9.6 GB", 14.38 - 5.25 + 0.5),
    Check("mem-24gb-plan", "20.0 GB", 24.74 - 5.25 + 0.5),
]

CHECKS = STATES + ACTIVATIONS + INFERENCE + FINE_TUNING
