"""Computes the deterministic signatures (RFC 6979) of the SigV4A vectors with a second implementation.

    pip install ecdsa==0.19.2
    python sigv4a-signatures.py > sigv4a-signatures.jsonl

The strings to sign are those of `aws-suite-v4a.jsonl` and `presign-sigv4a.jsonl`; the private keys are derived here, as AWS's
Common Runtime does, and their public keys must be those of the vectors.
"""

import hashlib
import hmac
import json
import pathlib

import ecdsa

ORDER = ecdsa.NIST256p.order


def private_key(access_key, secret_key):
    for counter in range(1, 255):
        message = b"\0\0\0\1" + b"AWS4-ECDSA-P256-SHA256" + b"\0" + access_key.encode() + bytes([counter]) + b"\0\0\1\0"
        candidate = int.from_bytes(hmac.new(b"AWS4A" + secret_key.encode(), message, hashlib.sha256).digest(), "big")
        if candidate <= ORDER - 2:
            return candidate + 1


folder = pathlib.Path(__file__).parent
for file in ["aws-suite-v4a.jsonl", "presign-sigv4a.jsonl"]:
    for line in (folder / file).read_text().splitlines():
        case = json.loads(line)
        given = case["input"]
        key = ecdsa.SigningKey.from_secret_exponent(
            private_key(given["access_key"], given["secret_key"]), ecdsa.NIST256p, hashlib.sha256
        )
        point = key.verifying_key.pubkey.point
        expected = case["expected"]
        assert f"{point.x():064x}{point.y():064x}" == expected["public_key"]["x"] + expected["public_key"]["y"], case["name"]
        text = expected["string_to_sign"].encode()
        key.verifying_key.verify(
            bytes.fromhex(expected["signature"]), text, hashlib.sha256, sigdecode=ecdsa.util.sigdecode_der
        )
        signature = key.sign_deterministic(text, hashlib.sha256, sigencode=ecdsa.util.sigencode_der)
        print(json.dumps({"name": case["name"], "oracle": f"ecdsa {ecdsa.__version__} (PyPI)", "signature": signature.hex()}))
