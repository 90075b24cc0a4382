"""Brings notes into the database: read → parse → plan → apply.

1. `read.py` takes a folder or file and gives texts by relative path, within limits, never from outside.
2. `questions.markdown.reading` parses them, purely, into topics and questions in reading order.
3. `plan.py` lays them beside the rows of the source: `ladder.py` says who is who, the plan says what would change.
4. `apply.py` carries a plan out in one transaction.
"""
