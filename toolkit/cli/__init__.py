"""The command line: a skin over toolkit.pipeline. The only place that prints or exits."""
