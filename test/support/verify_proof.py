"""Verifies a proof with Python's standard library alone: a second implementation of docs/proofs.md.

Usage: verify_proof.py PROOF.json DIGEST. Writes the checkpoint's digest, for openssl to verify its signature.
"""
import hashlib
import json
import sys


def sha256(content):
    return hashlib.sha256(content).digest()


def root_by(path, leaf, index, size):
    """RFC 9162, 2.1.3.2."""
    at, last, root = index, size - 1, leaf
    for step in path:
        if at % 2 == 1 or at == last:
            root = sha256(b"\x01" + step + root)
            while at % 2 == 0 and at != 0:
                at, last = at // 2, last // 2
        else:
            root = sha256(b"\x01" + root + step)
        at, last = at // 2, last // 2
    return root if last == 0 else None


with open(sys.argv[1], encoding="utf-8") as file:
    proof = json.load(file)
checkpoint = proof["checkpoint"]

leaf = sha256(b"\x00" + proof["leaf"].encode())
path = [bytes.fromhex(step) for step in proof["path"]]
root = root_by(path, leaf, proof["index"], int(checkpoint["size"]))
print("root", "ok" if root and root.hex() == checkpoint["root"] else "WRONG")

signed = {name: checkpoint[name] for name in checkpoint if name not in ("digest", "signature")}
text = json.dumps({**signed, "v": 1}, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
digest = sha256(text.encode())
print("digest", "ok" if digest.hex() == checkpoint["digest"] else "WRONG")
with open(sys.argv[2], "wb") as file:
    file.write(digest)
