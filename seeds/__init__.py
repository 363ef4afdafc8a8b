"""How facts get in: look at a preview, apply it, and undo it if it was wrong.

::

    previewed = seeds.preview("grants.xlsx", store, actor="ada@example.org", today=today)
    record = seeds.apply(previewed, store)
    seeds.undo(store, record.id, "ada@example.org")
"""

from seeds.apply import apply
from seeds.preview import Duplicate, ImportPreview, Sample, import_id_of, preview
from seeds.problems import Problem, Skipped, Where
from seeds.sources import SOURCES
from seeds.sources.template_workbook import write_template
from seeds.terms import vocabulary_node
from seeds.undo import Kept, UndoResult, undo

__all__ = [
    "SOURCES",
    "Duplicate",
    "ImportPreview",
    "Kept",
    "Problem",
    "Sample",
    "Skipped",
    "UndoResult",
    "Where",
    "apply",
    "import_id_of",
    "preview",
    "undo",
    "vocabulary_node",
    "write_template",
]
