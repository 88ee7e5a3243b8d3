from __future__ import annotations


class RecordError(Exception):
    """Records cannot be filtered or joined as the job asks; the message says where, the rule, and what was got."""
