"""Work done by a Dask cluster that is there already: see docs/cluster.md."""

from __future__ import annotations

from evaluator.loading.cluster.running import Cluster

__all__ = ["Cluster"]
