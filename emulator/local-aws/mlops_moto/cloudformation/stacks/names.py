"""Names of resources that a template gives none: of the stack, of the resource, and drawn."""

import secrets
import string

_DRAWN = 12
_LETTERS = string.ascii_uppercase + string.digits


def physical_name(stack: str, logical_id: str, longest: int) -> str:
    """`<stack>-<logical id>-<drawn>`, the first two as long as there is room."""
    drawn = "".join(secrets.choice(_LETTERS) for _ in range(_DRAWN))
    room = longest - _DRAWN - 2
    of_resource = logical_id[: max(room // 2, room - len(stack))]
    return f"{stack[: room - len(of_resource)]}-{of_resource}-{drawn}"
