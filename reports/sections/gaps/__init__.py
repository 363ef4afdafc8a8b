"""Capability gaps: what is needed and badly met, where, and who could meet it."""

from reports.sections.gaps.section import gaps

__all__ = ["gaps"]
