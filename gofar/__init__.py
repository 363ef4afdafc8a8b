"""The command line and the composition root: the only place that reads settings and wires parts."""

__version__ = "0.1.0"
