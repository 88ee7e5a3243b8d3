"""Secrets by what calls name them by: a name, an ARN, or an ARN without the characters that AWS adds to the name."""

from moto.secretsmanager.models import FakeSecret, secretsmanager_backends
from moto.utilities.arns import parse_arn


def find_secret(secret_id: str, account: str, region: str) -> FakeSecret | None:
    if secret_id.startswith("arn:"):
        place = parse_arn(secret_id)
        account, region = place.account, str(place.region)
    found = secretsmanager_backends[account][region].secrets.get(secret_id) if secret_id else None
    return found if isinstance(found, FakeSecret) else None


def secret_arn(secret_id: str, account: str, region: str) -> str:
    """What leads nowhere is judged by the name that was asked for, with characters as AWS would add."""
    found = find_secret(secret_id, account, region)
    if found or secret_id.startswith("arn:"):
        return str(found.arn) if found else secret_id
    return f"arn:aws:secretsmanager:{region}:{account}:secret:{secret_id}-000000"
