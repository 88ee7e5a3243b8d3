"""Keys that sign, whose private key is made when it is first used."""

from __future__ import annotations

import pytest
from local_account import Account


@pytest.mark.parametrize(
    ("spec", "algorithm"), [("RSA_2048", "RSASSA_PSS_SHA_256"), ("ECC_NIST_P256", "ECDSA_SHA_256")]
)
def test_a_key_signs_and_knows_its_signature_again(account: Account, spec: str, algorithm: str) -> None:
    kms = account.client("kms")
    key = {"KeyId": kms.create_key(KeySpec=spec, KeyUsage="SIGN_VERIFY")["KeyMetadata"]["KeyId"]}
    public = kms.get_public_key(**key)["PublicKey"]
    signed = {"MessageType": "RAW", "SigningAlgorithm": algorithm}
    signature = kms.sign(**key, **signed, Message=b"a model")["Signature"]
    assert kms.verify(**key, **signed, Message=b"a model", Signature=signature)["SignatureValid"]
    assert not kms.verify(**key, **signed, Message=b"another", Signature=signature)["SignatureValid"]
    assert kms.get_public_key(**key)["PublicKey"] == public
