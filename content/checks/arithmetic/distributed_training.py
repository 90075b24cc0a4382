"""Recomputes the figures of distributed-training.md: what is sent, what hides it, bubbles, layouts, failures."""

from content.checks.formulas import (
    GB,
    H100,
    HOUR,
    LLAMA_8B,
    LLAMA_70B,
    MB,
    MS,
    YEAR,
    all_reduce,
    bubble,
    forward,
    gather,
    model_states,
    training,
)
from content.checks.statements import Check

SMALL, LARGE = LLAMA_8B.parameters, LLAMA_70B.parameters
EFFECTIVE = 400e12  # FLOP/s that the answers reckon with
NVLINK, NIC = 450e9, 50e9  # bytes per second, one way
GRADIENTS = 2 * SMALL
ACTIVATIONS = 8192 * 8192 * 2
EXPERT = 3 * 7168 * 2048
MTBF = 54 * 24 / 419  # hours
TOKENS = 512 * 8192
COMPUTE = training(LARGE, TOKENS) / (512 * 0.4 * H100.bf16)
TP_SENT = 16 * 7 / 8 * 8192 * 8192 * 80 * 8
DP_SENT = 4 * LARGE / 8 * 63 / 64


def layout(tensor, pipeline, data):
    """GB of states a card under ZeRO-1: BF16 weights and gradients whole, the rest shared."""
    held = LARGE / tensor / pipeline
    return model_states(held, data, 1) / GB


SENDING = [
    Check("dist-ddp", "16.06 GB", GRADIENTS / GB),
    Check("dist-ddp", "28.1 GB", all_reduce(GRADIENTS, 8) / GB),
    Check("dist-ddp", "62 ms", all_reduce(GRADIENTS, 8) / NVLINK / MS),
    Check("dist-ddp", "1.3 s", 2 * forward(SMALL, 16384) / EFFECTIVE),
    Check("dist-ddp", "0.56 s", all_reduce(GRADIENTS, 8) / NIC),
    Check("dist-ddp", "9 s", all_reduce(GRADIENTS, 8) / (25e9 / 8)),
    Check("dist-allreduce", "62 ms", all_reduce(16, 8) / 450 * 1e3),
    Check("dist-allreduce", "10 ms", 2 * 1023 * 5 / 1000),
    Check("dist-busbw", "437.5 GB/s", 1 / 0.004 * all_reduce(1, 8)),
    Check("dist-zero-stages", "128 GB", model_states(8)),
    Check("dist-zero-stages", "33.5 GB", model_states(8, 64, 1)),
    Check("dist-zero-stages", "17.75 GB", model_states(8, 64, 2)),
    Check("dist-zero-stages", "2.0 GB", model_states(8, 64, 3)),
    Check("dist-zero3-generation", "36 ms", 2 * SMALL / NVLINK / MS),
    Check("dist-zero3-generation", "0.32 s", 2 * SMALL / NIC),
    Check("dist-fsdp", "8000 ", EFFECTIVE / NIC),
    Check("dist-fsdp", "889 ", EFFECTIVE / NVLINK, zh="889"),
    Check("dist-fsdp", "11,400", EFFECTIVE / NIC / 0.7, tolerance=0.003),
    Check("dist-tensor-parallel", "134 MB", ACTIVATIONS / MB),
    Check("dist-tensor-parallel", "235 MB", all_reduce(ACTIVATIONS, 8) / MB),
    Check("dist-tensor-parallel", "0.52 ms", all_reduce(ACTIVATIONS, 8) / NVLINK / MS),
    Check("dist-tensor-parallel", "1.04 ms", 2 * all_reduce(ACTIVATIONS, 8) / NVLINK / MS),
    Check("dist-tensor-parallel", "9.4 ms", 2 * all_reduce(ACTIVATIONS, 8) / NIC / MS),
    Check("dist-sequence-parallel", "4.25 ", 34 / 8),
    Check("dist-slow-network", "3.1 GB/s", 25 / 8),
]

PIPELINES = [
    *(Check("dist-pipeline-bubble", f"{bubble(8, m) * 100:.1f}%", bubble(8, m) * 100) for m in (8, 16, 32, 64)),
    *(Check("dist-pipeline-bubble", said, 7 / m * 100) for m, said in [(8, "87.5%"), (16, "43.8%"), (32, "21.9%")]),
    Check("dist-pipeline-bubble", "10.9%", 7 / 64 * 100),
    Check("dist-interleaved-pipeline", "21.9%", 7 / 32 * 100),
    Check("dist-interleaved-pipeline", "4.4%", 7 / (5 * 32) * 100),
    Check("dist-pipeline-balance", "1.05e9", LLAMA_70B.embedding),
    Check("dist-pipeline-balance", "8.56e8", LLAMA_70B.layer),
    Check("dist-pipeline-balance", "1.23 ", LLAMA_70B.embedding / LLAMA_70B.layer),
    Check("dist-pipeline-balance", "12%", LLAMA_70B.embedding / LLAMA_70B.layer / 10 * 100),
]

CONTEXT_AND_EXPERTS = [
    Check("dist-context-parallel", "537 MB", 131072 * 1024 * 2 * 2 / MB),
    Check("dist-context-parallel", "470 MB", gather(131072 * 1024 * 2 * 2, 8) / MB),
    Check("dist-context-parallel", "9.4 ms", gather(131072 * 1024 * 2 * 2, 8) / NIC / MS),
    Check("dist-context-parallel", "1.0 ms", gather(131072 * 1024 * 2 * 2, 8) / NVLINK / MS),
    Check("dist-context-parallel", "1.76e13", 2 * 4096 * 131072 * 16384),
    Check("dist-context-parallel", "44 ms", 2 * 4096 * 131072 * 16384 / EFFECTIVE / MS),
    Check("dist-context-parallel", "0.59 ms", gather(8192 * 1024 * 2 * 2, 8) / NIC / MS),
    Check("dist-context-parallel", "0.17 ms", 2 * 4096 * 8192 * 1024 / EFFECTIVE / MS),
    Check("dist-expert-parallel", "470 MB", 4096 * 8 * 7168 * 2 / MB),
    Check("dist-expert-parallel", "235 MB", 4096 * 8 * 7168 / MB),
    Check("dist-expert-parallel", "9.4 ms", 4096 * 8 * 7168 * 2 / NIC / MS),
    Check("dist-expert-parallel", "3.25e12", forward(9 * EXPERT, 4096)),
    Check("dist-expert-parallel", "8.1 ms", forward(9 * EXPERT, 4096) / EFFECTIVE / MS),
    Check("dist-capacity-factor", "1024", 4096 * 2 / 8),
]

LAYOUTS = [
    Check("dist-3d-layout", "8.76 s", COMPUTE),
    Check("dist-3d-layout", "36.9 + 27.2", layout(8, 1, 64)),
    Check("dist-3d-layout", "19.3 + 27.2", layout(8, 2, 32)),
    Check("dist-3d-layout", "10.5 + 27.2", layout(8, 4, 16)),
    Check("dist-3d-layout", "36.9 + 54.4", layout(4, 2, 64)),
    Check("dist-3d-layout", "1.34 s", TP_SENT / NVLINK),
    Check("dist-3d-layout", "0.69 s", DP_SENT / NIC),
    Check("dist-3d-layout", "54.6 GB", 6 * LARGE / 8 / GB + 12 * LARGE / 8 / 64 / GB),
    Check("dist-3d-layout", "2.2 GB", model_states(LARGE, 512, 3) / GB),
    Check("dist-3d-layout", "423 GB", 6 * LARGE / GB),
    Check("dist-3d-layout", "8.5 s", 6 * LARGE / NIC),
    Check("dist-llama3-405b-layout", "12.7 GB", 405 * 4 / (8 * 16)),
    Check("dist-communication-volume", "601 GB", TP_SENT / GB),
    Check("dist-communication-volume", "1.34 s", TP_SENT / NVLINK),
    Check("dist-communication-volume", "34.7 GB", DP_SENT / GB),
    Check("dist-communication-volume", "0.69 s", DP_SENT / NIC),
    Check("dist-communication-volume", "0.54 GB", 4 * 8192 * 8192 * 16 / 8 / GB),
    Check("dist-communication-volume", "15%", TP_SENT / NVLINK / COMPUTE * 100),
    Check("dist-overlap", "10.79 s", 8.76 + 1.34 + 0.69),
    Check("dist-overlap", "9.43 s", 8.76 + 1.34 / 2),
    Check("dist-overlap", "13%", (1 - 9.43 / 10.79) * 100),
    Check("dist-batch-size-lr", "62.9M", 15360 * 4096 / 1e6),
]

RUNNING = [
    Check("dist-fault-tolerance", "3.1 ", MTBF),
    Check("dist-fault-tolerance", "50,700 ", 16384 * MTBF, tolerance=0.001),
    Check("dist-fault-tolerance", "5.8 ", 16384 * MTBF * HOUR / YEAR),
    Check("dist-fault-tolerance", "49.5 ", 16 * MTBF),
    Check("dist-fault-tolerance", "10.4%", (2 * 60 / (MTBF * HOUR)) ** 0.5 * 100),
    Check("dist-fault-tolerance", "3.0%", (2 * 5 / (MTBF * HOUR)) ** 0.5 * 100),
    Check("dist-fault-tolerance", "5.4%", 600 / (MTBF * HOUR) * 100),
    Check("dist-checkpointing", "988 GB", 14 * LARGE / GB),
    Check("dist-checkpointing", "1.93 GB", 14 * LARGE / 512 / GB),
    Check("dist-checkpointing", "494 s", 14 * LARGE / 2e9),
    Check("dist-checkpointing", "49 s", 14 * LARGE / 20e9),
    Check("dist-checkpointing", "0.08 s", 14 * LARGE / 512 / 25e9),
    Check("dist-checkpointing", "71 TB", 72 * 14 * LARGE / 1e12),
    Check("dist-low-mfu", "0.478", 0.70 * 0.85 * 0.90 * 0.92 * 0.97),
    Check("dist-gemm-ceiling", "1.10e12", 2 * 8192**3),
    Check("dist-gemm-ceiling", "733 TFLOPS", 2 * 8192**3 / 1.5e-3 / 1e12),
    Check("dist-gemm-ceiling", "74%", 2 * 8192**3 / 1.5e-3 / H100.bf16 * 100),
]

CHECKS = SENDING + PIPELINES + CONTEXT_AND_EXPERTS + LAYOUTS + RUNNING
