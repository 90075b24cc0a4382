"""Recomputes the figures of rag.md, document-chat.md and the LangChain topics: sizes of indexes, budgets, chances."""

from math import sqrt

from content.checks.formulas import DAY, GB, HOUR, MB, Decoder, forward
from content.checks.statements import Check

QWEN3_8B = Decoder(36, 4096, 32, 8, 12288, 151936)
PAGES = 100_000 * 20
CHUNKS = PAGES * 500 / 400


def rrf(*ranks, k=60):
    return sum(1 / (k + rank) for rank in ranks)


RAG = [
    Check("rag-late-interaction-cost", "76,800 B", 300 * 128 * 2),
    Check("rag-late-interaction-cost", "10,800 B", 300 * (4 + 128 * 2 / 8)),
    Check("rag-embedding-choice", "40.96 GB", 10e6 * 1024 * 4 / GB),
    Check("rag-embedding-choice", "10.24 GB", 10e6 * 1024 / GB),
    Check("rag-embedding-choice", "1.28 GB", 10e6 * 1024 / 8 / GB),
    Check("rag-binary-rescoring", "0.0147", sqrt(1 / 3 * 2 / 3 / 1024)),
    Check("rag-binary-rescoring", "819,200 B", 200 * 4096),
    Check("rag-visual-documents", "263,680 B", 1030 * 128 * 2),
    Check("rag-visual-documents", "263.68 GB", 1e6 * 1030 * 128 * 2 / GB),
    Check("rag-visual-documents", "43", 1030 * 128 * 2 / (3 * 1024 * 2)),
    Check("rag-bm25", "1.96", 10 * 2.2 / (10 + 1.2)),
    Check("rag-fusion", "0.0164", rrf(1)),
    Check("rag-fusion", "0.0286", rrf(10, 10)),
    Check("rag-filtered-search", "307.2 MB", 100000 * 768 * 4 / MB),
    Check("rag-filtered-search", "153.6 million", 100000 * 768 * 2, zh="1.536 亿"),
    Check("rag-reranker-types", "4,950", 100 * 99 / 2),
    Check("rag-reranker-types", "2,970,000", 4950 * 600),
    Check("rag-reranker-types", "54,000", 9 * 20 * 300),
    Check("rag-rerank-depth", "0.366", 0.99**100),
    Check("rag-rerank-depth", "0.00004", 0.99**1000),
    Check("rag-retrieval-metrics", "0.729", 0.9**3),
    Check("rag-online-estimate", "0.846", (0.85 + 0.7 - 1) / (0.95 + 0.7 - 1)),
    Check("rag-online-estimate", "0.692", (0.75 + 0.7 - 1) / (0.95 + 0.7 - 1)),
    Check("rag-significant-gain", "0.031", sqrt(0.75 * 0.25 / 200)),
    Check("rag-significant-gain", "871", 0.10 * (1.96 + 0.84) ** 2 / 0.03**2),
    Check("rag-graphrag", "16,667", 10e6 / 600),
    Check("rag-graphrag", "26.7 million", 16667 * 1600, zh="2,670 万", tolerance=0.002),
    Check("rag-graphrag", "6.7 million", 16667 * 400, zh="670 万", tolerance=0.006),
    Check("rag-agentic-search", "25,000", sum(1000 + 2000 * i for i in range(5))),
]

DOCUMENTS = [
    Check("document-chat-approach", "0.765", 0.85 * 0.9),
    Check("document-chat-ann-index", "30.72 GB", 10e6 * 768 * 4 / GB),
    Check("document-chat-ann-index", "1.28 GB", 10e6 * 2 * 16 * 4 / GB),
    Check("document-chat-ann-index", "0.64 GB", 10e6 * 64 / GB),
    Check("relevant-document-recall", "0.91", 1 - 0.3**2),
    Check("reranking-latency", "0.24 ", forward(0.6e9, 20000) / 100e12),
    Check("multi-hop-retrieval", "0.614", 0.85**3),
    Check("local-knowledge-base-qa", "16.4 GB", 2 * 8.2),
    Check("local-knowledge-base-qa", "147,456 B", QWEN3_8B.kv_cache()),
    Check("local-knowledge-base-qa", "19.3 GB", QWEN3_8B.kv_cache(16 * 8192) / GB),
    Check("local-knowledge-base-qa", "38.0 GB", 16.4 + QWEN3_8B.kv_cache(16 * 8192) / GB + 2 * 2 * 0.568),
    Check("local-knowledge-base-sizing", "2,500,000", CHUNKS),
    Check("local-knowledge-base-sizing", "10.24 GB", CHUNKS * 1024 * 4 / GB),
    Check("local-knowledge-base-sizing", "0.32 GB", CHUNKS * 128 / GB),
    Check("local-knowledge-base-sizing", "3.3 ", forward(3e8, PAGES * 500) / 50e12 / HOUR),
    Check("local-knowledge-base-sizing", "11.6 ", PAGES * 0.5 / DAY),
    Check("local-knowledge-base-sizing", "17.4 ", PAGES * 0.5 / 16 / HOUR),
]

LANGCHAIN = [
    Check("langchain-output-parsers", "0.941", 0.98**3),
    Check("langchain-output-parsers", "0.9996", 1 - 0.02**2),
    Check("langchain-output-parsers", "0.9988", (1 - 0.02**2) ** 3),
    Check("langchain-indexes-retrievers", "4.096 GB", 1e6 * 1024 * 4 / GB),
    Check("langchain-agent", "0.599", 0.95**10),
    Check("langchain-in-practice", "= 42", 10000 * (3000 * 1 + 300 * 4) / 1e6),
]

CHECKS = RAG + DOCUMENTS + LANGCHAIN
