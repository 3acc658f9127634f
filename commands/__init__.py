"""The commands, one file each; ``cli.py`` hangs them below ``duibiao``."""
