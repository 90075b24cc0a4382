"""What the arithmetic of the notes is made of: bytes, FLOP and seconds, unless a name says otherwise."""

from dataclasses import dataclass
from math import comb

KB, MB, GB, TB = 1e3, 1e6, 1e9, 1e12
KIB, MIB, GIB = 2**10, 2**20, 2**30
MS, US = 1e-3, 1e-6
HOUR, DAY, YEAR = 3600, 86400, 365 * 86400


@dataclass(frozen=True)
class Decoder:
    """The shape of a decoder with gated feed-forward layers and no biases, as the LLaMA family has it."""

    layers: int
    hidden: int
    heads: int
    kv_heads: int
    ffn: int
    vocabulary: int
    head_dim: int = 128
    tied: bool = False  # whether embedding and output head are one matrix

    @property
    def attention(self):
        """Parameters of the four projections of one layer: query and output, key and value."""
        return 2 * self.hidden * self.head_dim * (self.heads + self.kv_heads)

    @property
    def feed_forward(self):
        """Parameters of the gate, up and down projections of one layer."""
        return 3 * self.hidden * self.ffn

    @property
    def layer(self):
        return self.attention + self.feed_forward + 2 * self.hidden

    @property
    def embedding(self):
        return self.vocabulary * self.hidden

    @property
    def parameters(self):
        return self.layers * self.layer + self.embedding * (1 if self.tied else 2) + self.hidden

    def kv_cache(self, tokens=1, bytes_each=2):
        """Keys and values of every layer."""
        return 2 * self.layers * self.kv_heads * self.head_dim * bytes_each * tokens

    def causal_attention(self, tokens):
        """Work of scores and weighted sums in one forward pass over `tokens`, half of the square."""
        return 4 * self.layers * self.heads * self.head_dim * tokens**2 / 2

    def lora(self, rank):
        """Parameters of adapters on all seven linear layers of every layer."""
        narrow = self.kv_heads * self.head_dim
        ends = (
            2 * (self.hidden + self.heads * self.head_dim) + 2 * (self.hidden + narrow) + 3 * (self.hidden + self.ffn)
        )
        return self.layers * rank * ends


LLAMA_7B = Decoder(32, 4096, 32, 32, 11008, 32000)
LLAMA_13B = Decoder(40, 5120, 40, 40, 13824, 32000)
LLAMA_8B = Decoder(32, 4096, 32, 8, 14336, 128256)  # Llama 3 and 3.1
LLAMA_70B = Decoder(80, 8192, 64, 8, 28672, 128256)
LLAMA_405B = Decoder(126, 16384, 128, 8, 53248, 128256)


@dataclass(frozen=True)
class Card:
    """Dense FLOP/s in BF16 and FP8, bytes per second and bytes of memory."""

    bf16: float
    bandwidth: float
    memory: float
    fp8: float = 0.0

    @property
    def balance(self):
        """FLOP per byte from which on computing takes longer than reading."""
        return self.bf16 / self.bandwidth


A100 = Card(312e12, 2.039e12, 80e9)
H100 = Card(989.4e12, 3.35e12, 80e9, 1979e12)
H200 = Card(989.4e12, 4.8e12, 141e9, 1979e12)


def forward(parameters, tokens=1):
    """Work of one pass forward through the linear layers."""
    return 2 * parameters * tokens


def training(parameters, tokens):
    """Work of training: forward once, backward twice that."""
    return 6 * parameters * tokens


def model_states(parameters, cards=1, stage=0, weights=2, gradients=2, optimiser=12):
    """Bytes a card holds with mixed-precision Adam under ZeRO stage 0 to 3."""
    shares = [weights, gradients, optimiser]
    sharded_from = {1: 2, 2: 1, 3: 0}.get(stage, 3)
    return parameters * sum(share / (cards if i >= sharded_from else 1) for i, share in enumerate(shares))


def all_reduce(size, cards):
    """Bytes that each card sends in a ring all-reduce."""
    return 2 * (cards - 1) / cards * size


def gather(size, cards):
    """Bytes that each card sends in a ring all-gather or reduce-scatter of `size` in all."""
    return (cards - 1) / cards * size


def bubble(stages, microbatches, chunks=1):
    """Share of the ideal time that a pipeline idles, as a fraction of the whole."""
    return (stages - 1) / (chunks * microbatches + stages - 1)


def speculated(acceptance, drafted):
    """Tokens one round of speculative decoding yields on average."""
    return (1 - acceptance ** (drafted + 1)) / (1 - acceptance)


def experts_touched(experts, chosen, tokens):
    """How many of `experts` a batch uses if each token chooses independently and evenly."""
    return experts * (1 - (1 - chosen / experts) ** tokens)


def price(seconds, per_hour, cards=1):
    """Dollars for so many seconds of so many cards."""
    return seconds / HOUR * per_hour * cards


def binomial(n, k, p):
    """Probability of exactly `k` out of `n`."""
    return comb(n, k) * p**k * (1 - p) ** (n - k)


def at_least(n, k, p):
    return sum(binomial(n, i, p) for i in range(k, n + 1))


def standard_error(p, n):
    """Of a proportion `p` seen in `n`."""
    return (p * (1 - p) / n) ** 0.5
