"""Recomputes the figures of serving.md: caches, prefill and decode, speculation, quantisation, prices, capacity."""

from content.checks.formulas import (
    GB,
    H100,
    HOUR,
    LLAMA_8B,
    LLAMA_70B,
    MB,
    MS,
    US,
    experts_touched,
    forward,
    price,
    speculated,
    standard_error,
)
from content.checks.statements import Check

SMALL, LARGE = LLAMA_8B.parameters, LLAMA_70B.parameters
WEIGHTS = 2 * SMALL  # bytes in BF16
PER_TOKEN, PER_TOKEN_LARGE = LLAMA_8B.kv_cache(), LLAMA_70B.kv_cache()
EFFECTIVE = 400e12  # FLOP/s that the answers reckon with
STEP = WEIGHTS / H100.bandwidth
RECOMPUTED = forward(SMALL) / EFFECTIVE  # seconds per token of prefill
ADAPTER = LLAMA_8B.lora(16)


def decode_step(batch, context, share=1.0):
    """Seconds of one decoding step of the small model: weights and caches read once."""
    return (WEIGHTS + batch * context * PER_TOKEN) / (H100.bandwidth * share)


def capacity(instances):
    """(prefill share, step in ms, use) of the plan: four cards in FP8 an instance, 20 requests a second."""
    prefill = 20 * 1500 / instances * forward(LARGE) / 3.2e15
    step = (LARGE + 160 / instances * 1650 * PER_TOKEN_LARGE) / (4 * H100.bandwidth) / 0.7 + 80 * 2 * 10 * US
    return prefill, step / MS, prefill + 20 * 300 / instances / (160 / instances) * step


def best_draft(acceptance, cost):
    """(speed-up, drafted tokens) of the best length of a draft whose step costs `cost` of a step of the model."""
    return max((speculated(acceptance, k) / (k * cost + 1), k) for k in range(1, 40))


def verifying_step(batch, drafted=4):
    return max(STEP, forward(SMALL, batch * (drafted + 1)) / 989e12)


def spec_speedup(acceptance, batch, drafted=4):
    plain = max(STEP, forward(SMALL, batch) / 989e12)
    return speculated(acceptance, drafted) * plain / verifying_step(batch, drafted)


KV = [
    Check("kv-cache-why", "1,499 ", 1000 + 499),
    Check("kv-cache-why", "= 624,750", sum(1000 + j for j in range(500))),
    Check("kv-cache-why", "≈ 417", sum(1000 + j for j in range(500)) / 1499),
    Check("kv-cache-why", "131,072 B", PER_TOKEN),
    Check("kv-eviction", "17.2 GB", LLAMA_8B.kv_cache(131072) / GB),
    Check("kv-eviction", "0.54 GB", LLAMA_8B.kv_cache(4096) / GB),
    Check("kv-eviction-sparse-read", "12.5%", 2 / 16 * 100),
    Check("kv-quantisation", "24,576 B", PER_TOKEN * (2 + 32 / 32) / 16),
    Check("kv-quantisation", "5.3 ", 16 / (2 + 32 / 32)),
    Check("kv-quantisation-speed", "16.06 GB", WEIGHTS / GB),
    Check("kv-quantisation-speed", "34.36 GB", LLAMA_8B.kv_cache(32 * 8192) / GB),
    Check("kv-quantisation-speed", "15.05 ms", decode_step(32, 8192) / MS),
    Check("kv-quantisation-speed", "9.92 ms", (WEIGHTS + 32 * 8192 * PER_TOKEN / 2) / H100.bandwidth / MS),
    Check(
        "kv-quantisation-speed",
        "1.52 ",
        decode_step(32, 8192) / ((WEIGHTS + 32 * 8192 * PER_TOKEN / 2) / H100.bandwidth),
    ),
    Check("kv-prefix-caching", "3.2e13", forward(SMALL, 2000)),
    Check("kv-prefix-caching", "80 ms", forward(SMALL, 2000) / EFFECTIVE / MS),
    Check("kv-prefix-caching", "0.26 GB", LLAMA_8B.kv_cache(2000) / GB),
    Check("kv-offload", "40.2 µs per token", RECOMPUTED / US, zh="40.2 µs"),
    Check("kv-offload", "5.2 µs", PER_TOKEN / 25e9 / US),
    Check("kv-offload", "0.17 s", 32768 * PER_TOKEN / 25e9),
    Check("kv-offload", "21.8 µs", PER_TOKEN / 6e9 / US),
    Check("kv-offload", "0.72 s", 32768 * PER_TOKEN / 6e9),
    Check("kv-offload", "104.9 µs", PER_TOKEN / 1.25e9 / US),
    Check("kv-offload", "3.44 s", 32768 * PER_TOKEN / 1.25e9),
    Check("kv-offload", "1.32 s", 32768 * RECOMPUTED),
    Check("kv-offload", "2.8e14", LLAMA_8B.causal_attention(32768)),
    Check("kv-offload", "0.70 s", LLAMA_8B.causal_attention(32768) / EFFECTIVE),
    Check("kv-offload", "3.3 GB/s", PER_TOKEN / RECOMPUTED / GB),
    Check("kv-offload", "65,536 B", LLAMA_8B.kv_cache(16) / 32),
    Check("kv-offload-mla", "70,272 B", 61 * (512 + 64) * 2),
    Check("kv-offload-mla", "185 µs", forward(37e9) / EFFECTIVE / US),
    Check("kv-offload-mla", "0.38 GB/s", 70272 / (forward(37e9) / EFFECTIVE) / GB),
]

SCHEDULING = [
    Check("serving-prefill-decode", "15.4 s", 0.4 + 499 * 0.03),
    Check("serving-prefill-decode", "3.29e13", forward(SMALL, 2048)),
    Check("serving-prefill-decode", "33 ms", forward(SMALL, 2048) / 989e12 / MS),
    Check("serving-prefill-decode", "0.016 ms", forward(SMALL) / 989e12 / MS),
    Check("serving-prefill-decode", "4.8 ms", STEP / MS),
    Check("serving-prefill-decode", "0.34%", forward(SMALL) / 989e12 / STEP * 100),
    Check("serving-prefill-decode", "≈ 295", H100.balance),
    Check("serving-prefill-decode-slo", "4 ms", 2 / 499 / MS),
    Check("serving-paged-attention", "85%", (4096 - 600) / 4096 * 100),
    Check("serving-paged-attention", "2.0 MB", 15 * PER_TOKEN / MB),
    Check("serving-paged-attention-vattention", "128 MB", 2 * 32 * 2),
    Check("serving-chunked-prefill", "5.26e14", forward(SMALL, 32768)),
    Check("serving-chunked-prefill", "2.81e14", LLAMA_8B.causal_attention(32768)),
    Check(
        "serving-chunked-prefill",
        "2.0 s",
        (forward(SMALL, 32768) + LLAMA_8B.causal_attention(32768)) / EFFECTIVE,
    ),
    Check("serving-chunked-prefill", "21 ms", forward(SMALL, 512) / EFFECTIVE / MS),
    Check("serving-chunked-prefill", "137 GB", sum(LLAMA_8B.kv_cache(512 * i) for i in range(64)) / GB, tolerance=0.02),
    Check("serving-chunked-prefill", "41 ms", 64 * LLAMA_8B.kv_cache(16384) / H100.bandwidth / MS),
    Check("serving-chunked-prefill-budget", "1,245 ", 0.05 * EFFECTIVE / forward(SMALL)),
    Check("serving-disaggregation", "327,680 B", PER_TOKEN_LARGE),
    Check("serving-disaggregation", "1.34 GB", LLAMA_70B.kv_cache(4096) / GB),
    Check("serving-disaggregation", "27 ms", LLAMA_70B.kv_cache(4096) / 50e9 / MS),
    Check("serving-disaggregation", "0.36 s", forward(LARGE, 4096) / (4 * EFFECTIVE)),
    Check("serving-disaggregation-ratio", "1.44", 4 * round(forward(LARGE, 4096) / (4 * EFFECTIVE), 2)),
    Check("serving-disaggregation-ratio", "0.8", 512 * 0.025 / 64 * 4),
    Check("serving-preemption", "0.12 s", 3000 * RECOMPUTED),
    Check("serving-preemption", "0.79 GB", 2 * LLAMA_8B.kv_cache(3000) / GB),
    Check("serving-preemption", "31 ms", 2 * LLAMA_8B.kv_cache(3000) / 25e9 / MS),
    Check("serving-multi-lora", "41,943,040", ADAPTER),
    Check("serving-multi-lora", "81,920", ADAPTER / 32 / 16),
    Check("serving-multi-lora", "83.9 MB", 2 * ADAPTER / MB),
    Check("serving-multi-lora", "1,606 GB", 100 * WEIGHTS / GB),
    Check("serving-multi-lora", "24.45 GB", (WEIGHTS + 100 * 2 * ADAPTER) / GB),
    Check("serving-multi-lora", "0.5%", ADAPTER / SMALL * 100),
    Check("serving-multi-lora", "2.7 GB", 32 * 2 * ADAPTER / GB),
    Check("serving-multi-lora", "17%", 32 * 2 * ADAPTER / WEIGHTS * 100),
    Check("serving-multi-lora", "3.4 ms", 2 * ADAPTER / 25e9 / MS),
    Check("serving-structured-output", "16 KB", 128256 / 8 / 1000),
    Check("serving-structured-output", "0.16 ms", 10 / 64),
]

SPECULATION = [
    Check("spec-decoding-speedup", "3.36 ", speculated(0.8, 4)),
    Check("spec-decoding-speedup", "= 2.8", speculated(0.8, 4) / (4 * 0.05 + 1)),
    *(
        Check("spec-decoding-speedup", f"k={best}, {gain:.2f}", float(best), zh=f"k={best}，{gain:.2f}")
        for gain, best in [best_draft(a, c) for a in (0.6, 0.8, 0.9) for c in (0.02, 0.1, 0.3)]
    ),
    Check("spec-decoding-speedup", "1.9 ", speculated(0.9, 1)),
    Check("spec-decoding-speedup", "2.9", speculated(0.7, 5)),
    Check("spec-when-slower", "4.79 ms", STEP / MS),
    Check("spec-when-slower", "5.20 ms", verifying_step(64) / MS),
    Check("spec-when-slower", "10.39 ms", verifying_step(128) / MS),
    Check("spec-when-slower", "20.79 ms", verifying_step(256) / MS),
    Check("spec-when-slower", "2.31 ", spec_speedup(0.6, 32)),
    Check("spec-when-slower", "3.36 ", spec_speedup(0.8, 32)),
    Check("spec-when-slower", "2.13 ", spec_speedup(0.6, 64)),
    Check("spec-when-slower", "3.10 ", spec_speedup(0.8, 64)),
    Check("spec-when-slower", "1.06 ", spec_speedup(0.6, 128)),
    Check("spec-when-slower", "1.55 ", spec_speedup(0.8, 128)),
    Check("spec-when-slower", "0.53 ", spec_speedup(0.6, 256)),
    Check("spec-when-slower", "0.78 ", spec_speedup(0.8, 256)),
    Check("spec-when-slower", "37.6", experts_touched(256, 8, 5)),
    Check("spec-when-slower", "137 GB", LLAMA_8B.kv_cache(64 * 16384) / GB),
]

QUANTISATION = [
    Check("quant-basics", "4.156 |", 4 + (16 + 4) / 128),
    Check("quant-basics", "4.5 |", 4 + 16 / 32),
    Check("quant-basics", "4.25 |", 4 + 8 / 32),
    Check("quant-basics", "36.7 GB", LARGE * (4 + 20 / 128) / 8 / GB),
    Check("quant-fp8-deployment", "6.25%", 2**-4 * 100),
    Check("quant-fp8-deployment", "12.5%", 2**-3 * 100),
    Check("quant-fp8-deployment", "70.6 GB", LARGE / GB),
    Check("quant-fp8-deployment", "141.1 GB", 2 * LARGE / GB),
    Check("quant-fp8-deployment", "72.7 GB", (LARGE + 2 * LLAMA_70B.embedding) / GB),
    Check("quant-fp8-deployment", "2.1e9", 2 * LLAMA_70B.embedding),
    Check("quant-release-check", "1.26 ", standard_error(0.8, 1000) * 100),
    Check("quant-release-check", "0.71 ", ((0.03 + 0.02 - 0.01**2) / 1000) ** 0.5 * 100),
    Check("quant-release-check", "0.35 ", ((0.03 + 0.02 - 0.01**2) / 4000) ** 0.5 * 100),
]

FLASH = [
    Check("flash-attention-algorithm", "3.4e10", 4 * 8192**2 * 128),
    Check("flash-attention-algorithm", "35 µs", 4 * 8192**2 * 128 / 989e12 / US),
    Check("flash-attention-algorithm", "537 MB", 4 * 8192**2 * 2 / MB),
    Check("flash-attention-algorithm", "160 µs", 4 * 8192**2 * 2 / H100.bandwidth / US),
    Check("flash-attention-algorithm", "8.4 MB", 4 * 8192 * 128 * 2 / MB),
    Check("flash-attention-versions", "75%", 740 / 989 * 100),
    Check("flash-attention-custom-mask", "3%", 1024 / 32768 * 100),
    Check("flash-decoding", "1.5%", 2 / 132 * 100),
    Check("flash-decoding", "33.6 MB", 65536 * 128 * 2 * 2 / MB),
    Check("flash-decoding-shared-prefix", "68.7 GB", LLAMA_8B.kv_cache(64 * 8192) / GB),
    Check("flash-decoding-shared-prefix", "20.5 ms", LLAMA_8B.kv_cache(64 * 8192) / H100.bandwidth / MS),
    Check("flash-decoding-shared-prefix", "1.07 GB", LLAMA_8B.kv_cache(8192) / GB),
    Check("flash-decoding-shared-prefix", "0.3 ms", LLAMA_8B.kv_cache(8192) / H100.bandwidth / MS),
]

ESTIMATES = [
    Check("serving-latency-estimate", "5.65e14", forward(LARGE, 4000), tolerance=0.002),
    Check("serving-latency-estimate", "2.1e13", LLAMA_70B.causal_attention(4000)),
    Check("serving-latency-estimate", "4%", LLAMA_70B.causal_attention(4000) / forward(LARGE, 4000) * 100),
    Check("serving-latency-estimate", "3,200 TFLOPS", 4 * 800),
    Check("serving-latency-estimate", "0.183 s", (forward(LARGE, 4000) + LLAMA_70B.causal_attention(4000)) / 3.2e15),
    Check("serving-latency-estimate", "5.9 s", 32 * 0.183),
    Check("serving-latency-estimate", "44.6 GB", LLAMA_70B.kv_cache(32 * 4250) / GB),
    Check("serving-latency-estimate", "8.6 ms", (LARGE + LLAMA_70B.kv_cache(32 * 4250)) / (4 * H100.bandwidth) / MS),
    Check(
        "serving-latency-estimate",
        "12.3 ms",
        (LARGE + LLAMA_70B.kv_cache(32 * 4250)) / (4 * H100.bandwidth) / 0.7 / MS,
    ),
    Check("serving-latency-estimate", "1.6 ms", 2 * 80 * 10 * US / MS),
    Check("serving-latency-estimate", "7.1 s", 0.18 + 499 * 0.0139),
    Check("serving-latency-estimate", "2,300 ", 32 / 0.0139, tolerance=0.01),
    Check("serving-latency-estimate", "22.3 GB", LLAMA_70B.kv_cache(32 * 4250) / 2 / GB),
    Check("serving-latency-estimate", "2.4 ms", 22.3e9 / (4 * H100.bandwidth) / 0.7 / MS),
    Check("serving-latency-estimate", "1.4 ms", 32 * forward(LARGE) / 3.2e15 / MS),
    Check("serving-batch-tradeoff", "262 MB", LLAMA_8B.kv_cache(2000) / MB),
    Check("serving-batch-tradeoff", "≈ 61", WEIGHTS / LLAMA_8B.kv_cache(2000)),
    Check("serving-batch-tradeoff", "12,800 ", H100.bandwidth / LLAMA_8B.kv_cache(2000), tolerance=0.002),
    *(
        Check("serving-batch-tradeoff", f"| {batch} | {step:.1f} ms |", float(batch))
        for batch, step in [(b, decode_step(b, 2000) / MS) for b in (1, 8, 61, 200)]
    ),
    Check("serving-batch-tradeoff", "205 |", 1 / decode_step(1, 2000)),
    Check("serving-batch-tradeoff", "1,476 |", 8 / decode_step(8, 2000)),
    Check("serving-batch-tradeoff", "6,376 |", 61 / decode_step(61, 2000), tolerance=0.001),
    Check("serving-batch-tradeoff", "9,783 |", 200 / decode_step(200, 2000), tolerance=0.001),
    *(
        Check("serving-batch-tradeoff", said, price(1e6 * decode_step(batch, 2000) / batch, 2))
        for batch, said in [(1, "2.71 |"), (8, "0.376 |"), (61, "0.087 |"), (200, "0.057 |")]
    ),
    Check("serving-batch-tradeoff", "1,600 ", H100.bandwidth / LLAMA_8B.kv_cache(16000), tolerance=0.01),
    Check("serving-batch-tradeoff-offline", "4.0e6", 1e8 * 1000 * RECOMPUTED),
    Check("serving-batch-tradeoff-offline", "1,100 ", 1e8 * 1000 * RECOMPUTED / HOUR, tolerance=0.02),
    Check("serving-price-in-out", "40 µs", RECOMPUTED / US),
    Check("serving-price-in-out", "| 0.022 |", price(1e6 * RECOMPUTED, 2)),
    Check("serving-price-in-out", "219 µs", decode_step(64, 2000, 0.7) / 64 / US),
    Check("serving-price-in-out", "| 0.122 |", price(1e6 * decode_step(64, 2000, 0.7) / 64, 2)),
    Check("serving-price-in-out", "1,190 µs", decode_step(25, 16384, 0.7) / 25 / US),
    Check("serving-price-in-out", "| 0.661 |", price(1e6 * decode_step(25, 16384, 0.7) / 25, 2)),
    Check("serving-price-in-out", "5.4 ", decode_step(64, 2000, 0.7) / 64 / RECOMPUTED, zh="5.4"),
    Check("serving-capacity-plan", "86.5 GB", LLAMA_70B.kv_cache(160 * 1650) / GB),
    *(
        Check("serving-capacity-plan", f"| {n} | {share:.2f} | {step:.1f} ms | {use:.2f} |", float(n))
        for n, (share, step, use) in [(n, capacity(n)) for n in (3, 4, 5)]
    ),
]

CHECKS = KV + SCHEDULING + SPECULATION + QUANTISATION + FLASH + ESTIMATES
