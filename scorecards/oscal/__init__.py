"""An assessment as OSCAL assessment-results 1.1.3: what stands where, and why, is docs/oscal.md."""

from scorecards.oscal.document import assessment_results

__all__ = ["assessment_results"]
