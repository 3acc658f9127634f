"""How messages name the kinds of evidence items."""

from __future__ import annotations

from evaluator.errors import Words

KIND_WORDS = {
    "counts": Words("数据项", "count"),
    "previous": Words("数据项", "count"),
    "events": Words("活动类型", "event type"),
    "documents": Words("文件类型", "document type"),
    "statements": Words("事项", "statement"),
    "units": Words("单元类型", "kind of unit"),
}
