"""Recomputes the figures of architecture.md: caches of attention variants, RoPE, shapes of layers, vocabularies."""

from math import exp, log

from content.checks.formulas import GB, H100, LLAMA_8B, LLAMA_70B
from content.checks.statements import Check

MHA = 2 * 80 * 64 * 128 * 2
GEMMA_LAYER = 2 * 16 * 128 * 2
GLOBAL, LOCAL = 10 * GEMMA_LAYER * 131072, 52 * GEMMA_LAYER * 1024
STATE = 32 * 128 * 128 * 4
HYBRID, STATES = 12 * 2 * 2 * 256 * 2, 36 * STATE
ABSORBED, UNPACKED = 2 * 576 + 2 * 512, 2 * 192 + 2 * 128
DENSE_READ = 128 * ABSORBED * 131072
SPARSE_READ = 64 * 128 * 2 * 131072 + 128 * ABSORBED * 2048
GROWN = 2 * (128256 - 32000) * 4096

CHECKS = [
    Check("attn-mha-mqa-gqa", "2,621,440 B", MHA),
    Check("attn-mha-mqa-gqa", "21.5 GB", MHA * 8192 / GB),
    Check("attn-mha-mqa-gqa", "327,680 B", LLAMA_70B.kv_cache()),
    Check("attn-mha-mqa-gqa", "2.7 GB", LLAMA_70B.kv_cache(8192) / GB),
    Check("attn-mha-mqa-gqa", "40,960 B", MHA / 64),
    Check("attn-mha-mqa-gqa", "0.34 GB", MHA / 64 * 8192 / GB),
    Check("attn-head-dim-decoupled", "4,194,304", 2 * 1024 * 16 * 128),
    Check("attn-head-dim-decoupled", "2,097,152", 2 * 1024 * 1024),
    Check("attn-mla", "65,536 B", 2 * 128 * 128 * 2),
    Check("attn-mla", "4,096 B", 2 * 8 * 128 * 2),
    Check("attn-mla", "1,152 B", (512 + 64) * 2),
    Check("attn-mla-absorb-cost", "2,176 ", ABSORBED, zh="2,176"),
    Check("attn-mla-absorb-cost", "= 640", UNPACKED),
    Check("attn-mla-absorb-cost", "3.4 ", ABSORBED / UNPACKED),
    Check("attn-mla-absorb-cost", "278,528 ", 128 * ABSORBED),
    Check("attn-mla-absorb-cost", "242 ", 128 * ABSORBED / 1152),
    Check("attn-mla-absorb-cost", "295", H100.balance),
    Check("attn-sliding-window", "8,192 B", GEMMA_LAYER),
    Check("attn-sliding-window", "66.6 GB", 62 * GEMMA_LAYER * 131072 / GB),
    Check("attn-sliding-window", "10.7 GB", GLOBAL / GB),
    Check("attn-sliding-window", "0.44 GB", LOCAL / GB),
    Check("attn-sliding-window", "11.2 GB", (GLOBAL + LOCAL) / GB),
    Check("attn-sliding-window", "6.0 ", 62 * GEMMA_LAYER * 131072 / (GLOBAL + LOCAL)),
    Check("attn-sinks", "0.957", exp(10) / (exp(10) + 1000)),
    Check("attn-linear", "2,097,152 B", STATE),
    Check("attn-linear", "512 ", STATE / 4096),
    Check("attn-hybrid-ratio", "24,576 B", HYBRID),
    Check("attn-hybrid-ratio", "75,497,472 B", STATES),
    Check("attn-hybrid-ratio", "6.4 GB", HYBRID * 262144 / GB),
    Check("attn-hybrid-ratio", "0.08 GB", STATES / GB),
    Check("attn-hybrid-ratio", "25.8 GB", 4 * HYBRID * 262144 / GB),
    Check("attn-hybrid-ratio", "3,072 ", STATES / HYBRID),
    Check("attn-sparse-trainable", "36.5 GFLOP", DENSE_READ / 1e9),
    Check("attn-sparse-trainable", "2.7 GFLOP", SPARSE_READ / 1e9),
    Check("attn-sparse-trainable", "13", DENSE_READ / SPARSE_READ),
    Check("attn-sparse-trainable", "79%", 64 * 128 * 2 * 131072 / SPARSE_READ * 100),
    Check("pos-alibi", "1,179 ", log(100) * 256),
    Check("pos-alibi", "39", 10000 / 256),
    Check("norm-qk-norm", "11.3", 128**0.5),
    Check("ffn-role", "41,943,040", LLAMA_8B.attention),
    Check("ffn-role", "176,160,768", LLAMA_8B.feed_forward),
    Check("ffn-role", "4.2 ", LLAMA_8B.feed_forward / LLAMA_8B.attention),
    Check("ffn-expansion-ratio", "3.0 ", 12288 / 4096, zh="3.0"),
    Check("ffn-expansion-ratio", "18,432", 9 * 2048),
    Check("ffn-expansion-ratio", "2.6 ", 9 * 2048 / 7168),
    Check("arch-depth-width", "6,442,450,944", 12 * 128 * 2048**2),
    Check("arch-depth-width", "1,048,576 B", 2 * 128 * 2048 * 2),
    Check("tok-vocab-size", "788,529,152", GROWN),
    Check("tok-vocab-size", "19.5%", (1 - 3.17 / 3.94) * 100),
    Check("tok-vocab-size", "0.79 GFLOP", GROWN / 1e9),
    Check(
        "tok-vocab-size", "5.5%", GROWN / (2 * (LLAMA_8B.parameters - 2 * LLAMA_8B.embedding) + 2 * 32000 * 4096) * 100
    ),
    Check("tok-vocab-size", "0.85", 1.055 * 0.805),
    Check("tok-vocab-padding", "151,936", 128 * 1187),
    Check("tok-weight-tying", "155,582,464", 151936 * 1024),
    Check("tok-weight-tying", "26%", 151936 * 1024 / 596e6 * 100),
    Check("tok-weight-tying", "41%", 2 * 151936 * 1024 / 752e6 * 100),
    Check("tok-weight-tying", "15%", 2 * 151936 * 4096 / 8.19e9 * 100),
    Check("tok-weight-tying", "622,329,856", 151936 * 4096),
    Check("tok-byte-models", "13%", 2 * LLAMA_8B.embedding / LLAMA_8B.parameters * 100),
]
