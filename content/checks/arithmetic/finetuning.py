"""Recomputes the figures of finetuning.md: memory, GPU hours, intervals, vocabularies."""

from content.checks.formulas import GB, GIB, HOUR, LLAMA_8B, LLAMA_70B, model_states, standard_error, training
from content.checks.statements import Check

SMALL, LARGE = LLAMA_8B.parameters, LLAMA_70B.parameters
NF4 = 4 + 8 / 64 + 32 / (64 * 256)  # bits per weight with double quantisation
ADAPTER, LARGE_ADAPTER = LLAMA_8B.lora(16), LLAMA_70B.lora(16)


def hours(parameters, tokens):
    """GPU hours on H100s at 40% of their peak."""
    return training(parameters, tokens) / (989e12 * 0.4) / HOUR


def four_bit(model):
    """Bytes with linear layers in NF4, embedding and output head in BF16."""
    return (model.parameters - 2 * model.embedding) * NF4 / 8 + 2 * model.embedding * 2


CHECKS = [
    Check("full-finetuning-memory", "128.5 GB", model_states(SMALL) / GB),
    Check("full-finetuning-memory", "119.7 GiB", model_states(SMALL) / GIB),
    Check("full-finetuning-memory", "144.5 GB", 18 * SMALL / GB),
    Check("full-finetuning-memory", "2.1 GB", 4096 * 128256 * 4 / GB),
    *(
        Check("full-finetuning-memory", f"{stage} {model_states(SMALL, 8, stage) / GB:.1f}", stage)
        for stage in (1, 2, 3)
    ),
    Check("full-finetuning-memory-70b", "1,129 GB", model_states(LARGE) / GB),
    Check("full-finetuning-memory-70b", "35.3 GB", 4 * LARGE / 8 / GB),
    Check("full-finetuning-memory-70b", "847 GB", 12 * LARGE / GB),
    Check("full-finetuning-memory-70b", "52.9 GB", 6 * LARGE / 8 / GB),
    Check("sft-data-construction-verification", "0.6%", (0.03 - 1.96 * standard_error(0.03, 200)) * 100),
    Check("sft-data-construction-verification", "5.4%", (0.03 + 1.96 * standard_error(0.03, 200)) * 100),
    Check("continued-pretraining-data", "337 ", hours(8e9, 10e9)),
    Check("continued-pretraining-small-corpus", "12 ", hours(8e9, 3.5e8)),
    Check("domain-evaluation-set", "9.0 points", 196 * standard_error(0.7, 100)),
    Check("domain-evaluation-set", "4.5 points", 196 * standard_error(0.7, 400)),
    Check("domain-evaluation-set", "2.8 points", 196 * standard_error(0.7, 1000)),
    Check("train-your-own-llm-cost", "4.2e22", training(7e9, 1e12)),
    Check("train-your-own-llm-cost", "4.8 ", hours(7e9, 1e12) / 256 / 24),
    Check("instruction-tuning-benefits", "0.13%", 4.9 / 3640 * 100),
    Check("instruction-tuning-benefits", "1.6%", 60 / 3640 * 100),
    Check("domain-knowledge-pretrain-or-finetune", "3.4 ", hours(8e9, 1e8)),
    Check("catastrophic-forgetting-methods", "32 GB", 2 * 8 * 2),
    Check("finetuning-memory", "4.127", NF4),
    Check("finetuning-memory", "0.52%", ADAPTER / SMALL * 100),
    Check("finetuning-memory", "41,943,040", ADAPTER),
    Check("finetuning-memory", "0.67 GB", model_states(ADAPTER) / GB),
    Check("finetuning-memory", "6.4 GB", (four_bit(LLAMA_8B) + model_states(ADAPTER)) / GB),
    Check("finetuning-memory", "42.8", (four_bit(LLAMA_70B) + model_states(LARGE_ADAPTER)) / GB),
    Check("finetuning-memory", "144.4", (2 * LARGE + model_states(LARGE_ADAPTER)) / GB),
    Check("finetuning-memory-24gb", "0.54 GB", 2 * 2048 * 4096 * 32 / GB),
    Check("finetuning-memory-24gb", "1.05 GB", 2048 * 128256 * 4 / GB),
    Check("finetuning-memory-24gb", "19.4 GB", (2 * SMALL + model_states(ADAPTER)) / GB + 0.54 + 2 * 1.05),
    Check("oom-with-more-samples", "131 GB", 500 * 1024 * 128256 * 2 / GB),
    Check("oom-with-more-samples", "4.3 GB", 8192**2 * 32 * 2 / GB),
    Check("oom-with-more-samples", "36 GB", 28 + 8),
    Check("model-iteration-lr-batch", "156 ", 10000 * 2 / 128),
]
