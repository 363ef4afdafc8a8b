"""The board: the five conditions of collective impact, each as a few numbers."""

from reports.sections.conditions.section import five_conditions

__all__ = ["five_conditions"]
