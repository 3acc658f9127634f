"""What the fast lane says where it is not certain."""


class Doubt(Exception):
    """Let the careful reader decide."""


def surely(condition: bool) -> None:
    """Raises ``Doubt`` unless ``condition`` holds."""
    if not condition:
        raise Doubt
