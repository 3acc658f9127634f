"""Faults made on purpose: runs of ``duibiao`` that are killed or that meet a disk, a clock or a limit that is against them."""
