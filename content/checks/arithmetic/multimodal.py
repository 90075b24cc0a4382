"""Recomputes the figures of multimodal.md: tokens of images, audio and video, and what they cost."""

from content.checks.formulas import MB, forward
from content.checks.statements import Check

PER_TOKEN = 2 * 28 * 4 * 128 * 2  # cache of a model with 28 layers and 4 KV heads of 128
TOKENS = 69 * 39
ENCODING, PREFILL = forward(6e9, 13 * 1024), forward(20e9, 13 * 256)

CHECKS = [
    Check("mm-clip-contrastive", "32,767", 32768 - 1),
    Check("mm-vlm-anatomy", "= 576", (336 / 14) ** 2),
    Check("mm-vlm-anatomy", "20,979,712", 1024 * 4096 + 4096 + 4096 * 4096 + 4096),
    Check("mm-image-token-cost", "2,691", round(1920 / 28) * round(1080 / 28)),
    Check("mm-image-token-cost", "10,764", 4 * TOKENS),
    Check("mm-image-token-cost", "12,845,056", 16384 * 28 * 28),
    Check("mm-image-token-cost", "3,328", 13 * (448 / 14) ** 2 / 4),
    Check("mm-image-token-cost", "57,344 B", PER_TOKEN),
    Check("mm-image-token-cost", "154,312,704 B", TOKENS * PER_TOKEN),
    Check("mm-image-token-cost", "154 MB", TOKENS * PER_TOKEN / MB),
    Check("mm-object-hallucination", "0.667", 2 * 0.5 / 1.5),
    Check("mm-long-video", "921,600", 3600 * 256),
    Check("mm-long-video", "115,200", 1800 * 64),
    Check("mm-long-video", "6,606,028,800 B", 115200 * PER_TOKEN),
    Check("mm-speech-cascade-vs-e2e", "1,500", 30 * 100 / 2),
    Check("mm-speech-cascade-vs-e2e", "1,100 bit/s", 12.5 * 8 * 11),
    Check("mm-speech-rvq", "16,384", 8 * 2048),
    Check("mm-latent-diffusion", "786,432", 512 * 512 * 3),
    Check("mm-latent-diffusion", "= 48", 512 * 512 * 3 / (64 * 64 * 4)),
    Check("mm-unified-models", "13,312 ", 1024 * 13),
    Check("mm-unified-models", "6,291,456 ", 512 * 512 * 24),
    Check("mm-eval-blind", "0.39%", 0.25**4 * 100),
    Check("mm-vlm-serving", "1.60e14", ENCODING),
    Check("mm-vlm-serving", "1.33e14", PREFILL),
    Check("mm-vlm-serving", "8.0e12", forward(0.3e9, 13 * 1024)),
    Check("mm-vlm-serving", "6%", forward(0.3e9, 13 * 1024) / PREFILL * 100),
]
