"""KMS: aliases that know since when they lead to their key, and keys that are made in no time."""

from . import aliases, private_keys

__all__ = ["install"]


def install() -> None:
    aliases.install()
    private_keys.install()
