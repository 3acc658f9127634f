"""Changes inside the text of a YAML file: what does not change keeps its bytes, comments and layout."""

from evaluator.loading.editing.layout import as_text
from evaluator.loading.editing.splicing import NotEditable, edited

__all__ = ["NotEditable", "as_text", "edited"]
