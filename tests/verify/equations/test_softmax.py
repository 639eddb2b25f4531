r"""The notation of classification: softmax, one-hot targets, matrices."""

import pytest

from verify.equations.errors import EquationError
from verify.equations.test_meaning import fails, holds, scope

# As on the notation page, where b_t is a sequence and T a size.
CLASSES = scope(
    "n T K d : size\ni : 1..n\nt : 0..T\nb_t : real[0..T]\ne : real[n]\n"
    "z b p : real[K]\nr : simplex[K]\nk j c : 1..K\nL C u : real",
    r"p_k = \frac{\exp(z_k)}{\sum_{j=1}^K \exp(z_j)}",
    r"L = -\log(p_c)",
    r"C = -\sum_{k=1}^K r_k \log(p_k)",
)
ROWS = scope(
    "n d K : size\ni : 1..n\nl : 1..d\nk j : 1..K\nX : real[n,d]\n"
    "W : real[d,K]\nb : real[K]\nZ P : real[n,K]\nR : simplex[n,K]\nL : real\n"
    "\\mathbf{1} : ones[n]",
    r"Z = X W + \mathbf{1} b^\top",
    r"P_{ik} = \frac{\exp(Z_{ik})}{\sum_{j=1}^K \exp(Z_{ij})}",
    r"L = -\frac{1}{n} \sum_{i=1}^n \sum_{k=1}^K R_{ik} \log(P_{ik})",
)


@pytest.mark.parametrize(
    "text",
    [
        r"\frac{\partial L}{\partial z_k} = p_k - \mathbb{1}[k = c]",
        r"\frac{\partial L}{\partial z_k} = p_k - \delta_{kc}",
        r"\frac{\partial p_k}{\partial z_j} = p_k (\delta_{kj} - p_j)",
        r"\frac{\partial p_k}{\partial z_j} = -p_k p_j "
        r"\quad \text{if } k \ne j",
        r"\frac{\partial p}{\partial z} = \operatorname{diag}(p) - p p^T",
        r"p_k = \operatorname{softmax}(z)_k",
        r"p_k = \operatorname{softmax}(z + u)_k "
        r"\quad \text{for } k = 1, \dots, K",
        r"L = \log \sum_{j=1}^K \exp(z_j) - z_c",
        r"\log p_k = z_k - \log \sum_j \exp(z_j)",
        r"\max_{1 \le j \le K} p_j \le 1",
        r"\sum_{j \ne k} p_j = 1 - p_k",
        r"\nabla_z C = p - r",
        r"C = -r^\top \log(p)",
        r"b_k + b_t - b_t = b_k",
        r"\frac{\partial L}{\partial z_k} = \begin{cases} p_k - 1, & "
        r"\text{if } k = c, \\ p_k, & \text{otherwise} \end{cases}",
    ],
)
def test_what_a_textbook_writes_of_one_sample_is_accepted(text):
    holds(text, CLASSES)


@pytest.mark.parametrize(
    "text",
    [
        r"\frac{\partial L}{\partial z_k} = p_k",
        r"\frac{\partial L}{\partial z_k} = p_k - \mathbb{1}[k \ne c]",
        r"\frac{\partial L}{\partial z_k} = p_k - \delta_{kj}",
        r"\frac{\partial p_k}{\partial z_j} = -p_k p_j",
        r"\frac{\partial p_k}{\partial z_j} = p_k p_j "
        r"\quad \text{if } k \ne j",
        r"p_k = z_k \quad \text{and } p_k = p_k",
        r"p_k = e^{z_k}",
        r"\max_{1 \le j \le K} p_j \le 0.5",
        r"\sum_{j \ne k} p_j = 1 - p_j",
        r"\nabla_z C = r - p",
        r"\nabla_z L = p - r",
        r"k = 1, \dots, n",
        r"L = \log \sum_{j=1}^K \exp(z_j) - z_k",
        r"p_k = p_j",
    ],
)
def test_what_is_false_of_one_sample_is_refuted(text):
    fails(text, CLASSES, EquationError)


@pytest.mark.parametrize(
    "text",
    [
        "Z = X W + b",
        r"Z_{ik} = \sum_{l=1}^d X_{il} W_{lk} + b_k",
        r"P = \operatorname{softmax}(Z)",
        r"\sum_{k=1}^K R_{ik} = 1",
        r"\nabla_Z L = \frac{1}{n} (P - R)",
        r"\frac{\partial L}{\partial Z_{ik}} = \frac{1}{n} (P_{ik} - R_{ik})",
        r"\nabla_W L = \frac{1}{n} X^\top (P - R)",
        r"\nabla_b L = \frac{1}{n} (P - R)^\top \mathbf{1}",
        r"\frac{\partial L}{\partial b_k} = "
        r"\frac{1}{n} \sum_{i=1}^n (P_{ik} - R_{ik})",
    ],
)
def test_what_a_textbook_writes_of_all_samples_is_accepted(text):
    holds(text, ROWS)


@pytest.mark.parametrize(
    "text",
    [
        "Z = X W",
        "Z = X W - b",
        "Z = W X + b",
        r"Z = X W + b^\top",
        r"\nabla_W L = X^\top (P - R)",
        r"\nabla_W L = \frac{1}{n} (P - R)^\top X",
        r"\nabla_b L = \frac{1}{n} (P - R) \mathbf{1}",
        r"\sum_{i=1}^n R_{ik} = 1",
        "P_{ik} = P_{ki}",
    ],
)
def test_what_is_false_of_all_samples_is_refuted(text):
    fails(text, ROWS, EquationError)


@pytest.mark.parametrize("text", ["K = 3", "k = j", r"k \ne c", "z_1 = 2"])
def test_a_size_or_an_index_may_be_set_in_a_sentence(text):
    holds(text, CLASSES, is_inline=True)
