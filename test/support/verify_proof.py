"""Verifies a proof with Python's standard library alone: a second implementation of docs/proofs.md.

Usage: verify_proof.py PROOF.json. The file is the answer of the service, or its `data`. Writes what openssl
needs to verify the signature, beside the file: `text` and `digest` of the checkpoint, and `signature`.
"""
import hashlib
import json
import pathlib
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


file = pathlib.Path(sys.argv[1])
answer = json.loads(file.read_text(encoding="utf-8"))
proof = answer.get("data", answer)
checkpoint = proof["checkpoint"]
print("leaf", proof["leaf"])

leaf = sha256(b"\x00" + proof["leaf"].encode())
path = [bytes.fromhex(step) for step in proof["path"]]
root = root_by(path, leaf, proof["index"], int(checkpoint["size"]))
print("root", "ok" if root and root.hex() == checkpoint["root"] else "WRONG")

signed = {name: checkpoint[name] for name in checkpoint if name not in ("digest", "signature")}
text = json.dumps({**signed, "v": 1}, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
digest = sha256(text)
print("digest", "ok" if digest.hex() == checkpoint["digest"] else "WRONG")
signature = bytes.fromhex(checkpoint["signature"])
for name, content in (("text", text), ("digest", digest), ("signature", signature)):
    (file.parent / name).write_bytes(content)
