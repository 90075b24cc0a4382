import pytest

from content.checks.equations import equations, findings


@pytest.mark.parametrize(
    "words",
    [
        "A token takes 2 × 32 × 8 × 128 × 2 B = 131,072 B.",
        "131,072 × 131,072 B ≈ 17.2 GB",
        "(16.06 + 34.36) ÷ 3.35 ≈ 15.05 ms",
        r"$\sqrt{0.75\times 0.25/200}\approx 0.031$",
        r"$0.98^3\approx 0.941$ and 2^-7 ≈ 0.0078",
        "13/47 ≈ 28%",
        "12 × 32 × 4096² = 6,442,450,944",
        "| 4 + (16 + 4) ÷ 128 = 4.15625 | 54e9 ÷ 131,072 ≈ 41 万 |",
        "6 × 7e9 × 1e12 = 4.2e22, so 4.2e22 ÷ 2.1e21 = 20",
        "9.6e22 ÷ 4e14 ÷ 3600 ≈ 66,700 hours",
    ],
)
def test_what_holds(entry, words):
    found = list(equations(entry(words)))
    assert found
    assert all(equation.holds for equation in found)


@pytest.mark.parametrize(
    "words",
    [
        "2 × 32 × 8 × 128 × 2 B = 131,027 B",
        "131,072 × 131,072 B ≈ 17.3 GB",
        "13/47 ≈ 29%",
        r"$0.98^3\approx 0.942$",
        "- 8 × 7 = 54",
        "54e9 ÷ 131,072 ≈ 42 万",
    ],
)
def test_what_does_not_hold(entry, words):
    (finding,) = findings(equations(entry(words)))
    assert "does not hold" in finding.message
    assert finding.line == 5


@pytest.mark.parametrize(
    "words",
    [
        "TP=4 and $h=4096$",
        "64 chunks × 16,384 tokens on average × 131,072 B ≈ 137 GB",
        r"$n\approx 0.10\,(1.96+0.84)^2/0.03^2$",
        "$p_2=1-0.02^2$",
        "Llama 3 has 8 × h = 12",
        "```python\n2 + 2 = 5\n```",
    ],
)
def test_what_is_no_equation_of_figures(entry, words):
    assert list(equations(entry(words))) == []
