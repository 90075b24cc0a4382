"""Recomputes the figures of the PEFT topics: parameters of each method, static memory, files."""

from content.checks.formulas import GB, LLAMA_7B, LLAMA_70B, MB, MIB, Decoder, model_states
from content.checks.statements import Check

SIZE, LAYERS, WIDTH = LLAMA_7B.parameters, LLAMA_7B.layers, LLAMA_7B.hidden
LORA_16 = LLAMA_7B.lora(16)
FULL = model_states(SIZE) / GB
STATIC = (2 * SIZE + model_states(LORA_16)) / GB
LAST_FOUR = 4 * LLAMA_7B.layer
NF4 = 4 + 8 / 64 + 32 / (64 * 256)  # bits per weight with double quantisation
LINEAR = LAYERS * (LLAMA_7B.attention + LLAMA_7B.feed_forward)
BASE_4_BIT = LINEAR * NF4 / 8 + 2 * (SIZE - LINEAR)
LLAMA2_70B = Decoder(80, 8192, 64, 8, 28672, 32000)


def prefix(layers, width, length):
    """Keys and values of `length` positions in every layer."""
    return 2 * layers * length * width


def adapter(width, bottleneck):
    """Two projections with biases."""
    return 2 * bottleneck * width + width + bottleneck


def chatglm(rank, ends=4096 + 12288):
    return 28 * rank * ends


ALL_FOUR = (4096 + 12288) + 2 * 4096 + 2 * (4096 + 16384)
GLM_LINEAR = 28 * (4096 * 12288 + 4096 * 4096 + 2 * 4096 * 16384)

BASICS = [
    Check("finetuning-methods-partial-layers", "202,383,360", LLAMA_7B.layer),
    Check("finetuning-methods-partial-layers", "809,533,440", LAST_FOUR),
    Check("finetuning-methods-partial-layers", "12%", LAST_FOUR / SIZE * 100),
    Check("finetuning-methods-partial-layers", "0.6%", LORA_16 / SIZE * 100),
    Check("peft-why", "112 GB", model_states(7)),
    Check("peft-why", "208 GB", model_states(13)),
    Check("peft-why", "1,120 GB", model_states(70)),
    Check("peft-advantages", "39,976,960", LORA_16),
    Check("peft-advantages", "0.59%", LORA_16 / SIZE * 100),
    Check("peft-advantages", "107.8 GB", FULL),
    Check("peft-advantages", "14.1 GB", STATIC),
    Check("peft-advantages", "13.5 GB", 2 * SIZE / GB),
    Check("peft-advantages", "80 MB", 2 * LORA_16 / MB),
    Check("finetuning-batch-mode-memory-speed", "107.8 GB", FULL),
    Check("finetuning-batch-mode-memory-speed", "40.4 GB", 6 * SIZE / GB),
    Check("finetuning-batch-mode-memory-speed", "24.8 GB", (2 * SIZE + 14 * LAST_FOUR) / GB),
    Check("finetuning-batch-mode-memory-speed", "14.1 GB", STATIC, tolerance=0.001),
    Check("finetuning-batch-mode-memory-speed", "4.5 GB", (BASE_4_BIT + model_states(LORA_16)) / GB),
    Check("finetuning-batch-mode-memory-speed", "0.54 GB", 32 * 2048 * 4096 * 2 / GB),
    Check("finetuning-batch-mode-memory-speed", "0.26 GB", 2048 * 32000 * 4 / GB),
    Check("finetuning-batch-mode-oom", "0.64 GB", model_states(LORA_16) / GB),
    Check("finetuning-batch-mode-oom", "1.05 GB", 2048 * 128000 * 4 / GB),
    Check("peft-methods-compared", "6,738,415,616", SIZE),
    Check("peft-methods-compared", "= 81,920", 20 * WIDTH),
    Check("peft-methods-compared", "= 614,400", LAYERS * (2 * WIDTH + LLAMA_7B.ffn)),
    Check("peft-methods-compared", "= 4,194,304", LAYERS * 2 * 8 * 2 * WIDTH),
    Check("peft-methods-compared", "= 7,864,320", prefix(LAYERS, WIDTH, 30)),
    Check("peft-methods-compared", "33,820,672", 2 * LAYERS * adapter(WIDTH, 64)),
    Check("peft-methods-compared", "528,448", adapter(WIDTH, 64)),
    Check("peft-methods-compared", "0.07 GB", model_states(LAYERS * 2 * 8 * 2 * WIDTH) / GB),
    Check("peft-best-practices-rank", "2,498,560", LLAMA_7B.lora(1)),
    Check("peft-best-practices-rank", "40 MB", model_states(LLAMA_7B.lora(1)) / MB),
    Check("peft-limitations", "130,816", 16 * (4096 + 4096 - 16)),
    Check("peft-limitations", "0.78%", 16 * (4096 + 4096 - 16) / 4096**2 * 100),
    Check("peft-limitations", "13%", STATIC / FULL * 100),
    Check("peft-summary-many-customers", "19,988,480", LLAMA_7B.lora(8)),
]

ADAPTERS = [
    Check("adapter-why", "= 1.32", 1 + 9 * 0.036),
    Check("adapter-idea", "99,136", adapter(768, 64)),
    Check("adapter-idea", "2,379,264", 24 * adapter(768, 64)),
    Check("adapter-idea", "2.2%", 24 * adapter(768, 64) / 110e6 * 100),
    Check("adapterfusion-idea", "894,528", 12 * adapter(768, 48)),
    Check("adapterfusion-idea", "21,233,664", 12 * 3 * 768 * 768),
    Check("adapterdrop-idea", "= 1.57", 96 / (5 + 8 * 7)),
]

PROMPTS = [
    Check("prompting-methods", "5,242,880", prefix(LAYERS, WIDTH, 20)),
    Check("prefix-tuning-why", "3.1 GB", 774e6 * 4 / GB),
    Check("prefix-tuning-idea", "245,760", prefix(24, 1024, 5)),
    Check("prefix-tuning-idea", "0.07%", prefix(24, 1024, 5) / 355e6 * 100),
    Check("prefix-tuning-idea", "7,864,320", prefix(LAYERS, WIDTH, 30)),
    Check("prefix-tuning-idea-mlp", "136,700,416", 30 * 4096 + 4096 * 512 + 512 + 512 * 262144 + 262144),
    Check("prefix-tuning-idea-gqa", "4,915,200", prefix(80, 8 * 128, 30)),
    Check("prefix-tuning-idea-gqa", "39,321,600", prefix(80, 64 * 128, 30)),
    Check("prefix-tuning-advantages", "15,728,640 B", 2 * prefix(LAYERS, WIDTH, 30)),
    Check("prefix-tuning-advantages-cost", "1.5%", 30 / 2000 * 100),
    Check("prefix-tuning-advantages-cost", "1.0 GB", 64 * 2 * prefix(LAYERS, WIDTH, 30) / GB),
    Check("prompt-tuning-idea", "20,480", 5 * 4096),
    Check("prompt-tuning-advantages", "537,000", 11e9 / 20480, tolerance=0.001),
    Check("prompt-tuning-idea-compute", "1.3 MB", model_states(81920) / MB),
    Check("prompt-tuning-advantages-ensemble", "4,096,000 B", 5 * 100 * 4096 * 2),
    Check("prompt-tuning-vs-prefix-budget", "262,144", prefix(LAYERS, WIDTH, 1)),
    Check("p-tuning-idea", "12,599,296", 2 * 2 * (4 * 512 * (1024 + 512) + 8 * 512)),
    Check("p-tuning-idea", "2,099,200", 2 * (1024 * 1024 + 1024)),
    Check("p-tuning-idea", "14,698,496", 12599296 + 2099200),
    Check("p-tuning-v2-why", "983,040", prefix(24, 1024, 20)),
    Check("p-tuning-v2-why", "0.28%", prefix(24, 1024, 20) / 355e6 * 100),
    Check("p-tuning-v2-idea", "29,360,128", prefix(28, 4096, 128)),
    Check("p-tuning-v2-idea", "58.7 MB", 2 * prefix(28, 4096, 128) / MB),
    Check("p-tuning-v2-advantages-memory", "5,637,144,576", GLM_LINEAR),
    Check("p-tuning-v2-advantages-memory", "2.82 GB", GLM_LINEAR / 2 / GB),
    Check("p-tuning-v2-advantages-memory", "1.07 GB", 130528 * 4096 * 2 / GB),
    Check("p-tuning-v2-advantages-memory", "0.47 GB", model_states(prefix(28, 4096, 128)) / GB),
]

LORA = [
    Check("lora-what", "= 65,536", 8 * (4096 + 4096)),
    Check("lora-what", "0.39%", 65536 / 4096**2 * 100),
    Check("lora-what", "4,194,304", LAYERS * 2 * 65536),
    Check("lora-what-count-70b", "207,093,760", LLAMA_70B.lora(16)),
    Check("lora-what-count-70b", "414 MB", 2 * LLAMA_70B.lora(16) / MB),
    Check("lora-what-count-70b", "3.3 GB", model_states(LLAMA_70B.lora(16)) / GB),
    Check("lora-what-count-70b", "0.3%", LLAMA_70B.lora(16) / LLAMA2_70B.parameters * 100),
    Check("qlora-idea", "0.127 ", 8 / 64 + 32 / (64 * 256)),
    Check("qlora-idea", "3.0 GB", 65 * (0.5 - NF4 + 4) / 8),
    Check("qlora-idea", "33.5 GB", 65 * NF4 / 8),
    Check("qlora-characteristics", "6,476,005,376", LINEAR),
    Check("qlora-characteristics", "3.34 GB", LINEAR * NF4 / 8 / GB),
    Check("qlora-characteristics", "0.52 GB", 2 * (SIZE - LINEAR) / GB),
    Check("qlora-characteristics", "3.9 GB", BASE_4_BIT / GB),
    Check("chatglm-6b-lora-size", "= 3,670,016", chatglm(8)),
    Check("chatglm-6b-lora-size", "14,680,064 B", 4 * chatglm(8)),
    Check("chatglm-6b-lora-size", "14.0 MiB", 4 * chatglm(8) / MIB),
    Check("chatglm-6b-lora-size", "7.0 MiB", 2 * chatglm(8) / MIB),
    Check("chatglm-6b-lora-size", "29.4 MB", 4 * chatglm(16) / MB),
    Check("chatglm-6b-lora-size", "58.7 MB", 4 * chatglm(8, ALL_FOUR) / MB),
    Check("chatglm-6b-lora-size", "469.8 MB", 4 * chatglm(64, ALL_FOUR) / MB),
    Check("chatglm-6b-lora-size", "1,949,696", chatglm(8, 4096 + 4608)),
    Check("chatglm-6b-lora-size", "0.06%", chatglm(8) / 6173286400 * 100),
    Check("lora-advantages", "18,874,368", 96 * 2 * 4 * (12288 + 12288)),
    Check("lora-advantages", "37.7 MB", 2 * 18874368 / MB),
    Check("lora-advantages", "9,300", 175e9 / 18.9e6, tolerance=0.005),
    Check("lora-advantages-unmerged-latency", "448 ", 2 * 7 * LAYERS),
    Check("lora-training-speed", "1.1 s", 2 * 2 * SIZE / 25e9, zh="1.1 秒"),
    Check("lora-training-speed", "6 ms", 2 * 2 * LORA_16 / 25e9 * 1e3, zh="6 毫秒"),
]

CHECKS = BASICS + ADAPTERS + PROMPTS + LORA
