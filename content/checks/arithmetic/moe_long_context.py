"""Recomputes the figures of moe-long-context.md: experts and their parameters, caches of long contexts."""

from math import comb, exp

from content.checks.formulas import GB, H100, LLAMA_8B, training
from content.checks.statements import Check

EXPERT = 3 * 4096 * 14336
ATTENTION = 32 * (2 * 4096**2 + 2 * 4096 * 1024)
TABLES, ROUTERS, NORMS = 2 * 32000 * 4096, 32 * 4096 * 8, (2 * 32 + 1) * 4096
TOTAL = 32 * 8 * EXPERT + ATTENTION + TABLES + ROUTERS + NORMS
ACTIVE = 32 * 2 * EXPERT + ATTENTION + TABLES + ROUTERS + NORMS
DENSE_FFN = 32 * EXPERT  # of an 8B model

CHECKS = [
    Check("moe-why-sparse", "= 176,160,768", EXPERT),
    Check("moe-why-sparse", "45,097,156,608", 32 * 8 * EXPERT),
    Check("moe-why-sparse", "11,274,289,152", 32 * 2 * EXPERT),
    Check("moe-why-sparse", "1,342,177,280", ATTENTION),
    Check("moe-why-sparse", "262,144,000", TABLES),
    Check("moe-why-sparse", "1,048,576", ROUTERS),
    Check("moe-why-sparse", "46.7B", TOTAL / 1e9),
    Check("moe-why-sparse", "12.9B", ACTIVE / 1e9),
    Check("moe-why-sparse", "7.7e10", training(ACTIVE, 1)),
    Check("moe-why-sparse", "2.8e11", training(TOTAL, 1)),
    Check("moe-dense-equivalent", "24.5", (TOTAL * ACTIVE) ** 0.5 / 1e9),
    Check("moe-fine-grained", "=120", comb(16, 2)),
    Check("moe-sparsity-choice", "295 × 4 = 1,180", 295),
    Check("moe-sparsity-choice", "= 1,180", 295 * 8 / 2),
    Check("moe-sparsity-choice", "= 4,720", 295 * 128 / 8),
    Check("moe-sparsity-choice", "= 9,440", 295 * 256 / 8),
    Check("moe-sparsity-choice", "= 14,160", 295 * 384 / 8),
    Check("moe-sparsity-choice", "≈ 295", H100.balance),
    Check("moe-sparsity-choice", "1.01e12", 60 * 384 * 3 * 7168 * 2048, tolerance=0.005),
    Check("moe-sparsity-choice", "1,015 GB", 60 * 384 * 3 * 7168 * 2048 / GB),
    Check("moe-upcycling", "5.64B", DENSE_FFN / 1e9),
    Check("moe-upcycling", "47.5B", (LLAMA_8B.parameters + 7 * DENSE_FFN) / 1e9),
    Check("moe-upcycling", "13.7B", (LLAMA_8B.parameters + DENSE_FFN) / 1e9),
    Check("moe-specialisation", "12.5%", 8 / 64 * 100),
    Check("moe-finetuning", "156,250", 10000 * 500 * 8 / 256),
    Check("moe-finetuning", "13,631,488", 32 * 16 * (2 * 8192 + 2 * 5120)),
    Check("moe-finetuning", "226,492,416", 32 * 8 * 3 * 16 * (4096 + 14336)),
    Check("moe-quantisation", "653.9e9", 58 * 256 * 3 * 7168 * 2048),
    Check("moe-quantisation", "97%", 58 * 256 * 3 * 7168 * 2048 / 671e9 * 100),
    Check("moe-quantisation", "8,192 ", 128 * 2048 * 8 / 256, zh="8,192"),
    Check("lc-effective-length", "0.861", 0.05 ** (1 / 20)),
    Check("lc-effective-length", "0.970", 0.05 ** (1 / 100)),
    Check("lc-length-alone", "0.288", exp(6) / (exp(6) + 999)),
    Check("lc-length-alone", "0.004", exp(6) / (exp(6) + 99999)),
    Check("lc-training-data", "0.26%", 40 / 15600 * 100),
    Check("lc-many-shot", "131,072 B", LLAMA_8B.kv_cache()),
    Check("lc-many-shot", "15.7 GB", LLAMA_8B.kv_cache(120000) / GB),
    Check("lc-many-shot", "16.1 GB", 2 * LLAMA_8B.parameters / GB),
    Check("lc-perplexity", "7.39", exp(2)),
    Check("lc-perplexity", "7.10", exp(1.96)),
]
