"""
Private keys, made when one is first used. moto (5.2.5) makes one of RSA for each key, also of those that only encrypt,
which takes a tenth of a second.
"""

from functools import cached_property

from moto.kms import models
from moto.kms.utils import AbstractPrivateKey, generate_private_key


def install() -> None:
    vars(models)["generate_private_key"] = _PrivateKey


class _PrivateKey(AbstractPrivateKey):
    def __init__(self, key_spec: str) -> None:
        self._key_spec = key_spec

    @cached_property
    def _made(self) -> AbstractPrivateKey:
        return generate_private_key(self._key_spec)

    def sign(self, message: bytes, signing_algorithm: str) -> bytes:
        return self._made.sign(message, signing_algorithm)

    def verify(self, message: bytes, signature: bytes, signing_algorithm: str) -> bool:
        return self._made.verify(message, signature, signing_algorithm)

    def public_key(self) -> bytes:
        return self._made.public_key()
