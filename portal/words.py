"""How numbers are said. Pure."""


def counted(number: int, one: str, many: str = "") -> str:
    """`1 child`, `7,800 children`. `many` is needed where it is not `one` with an s."""
    return f"1 {one}" if number == 1 else f"{number:,} {many or one + 's'}"
