"""Verifies a proof with Python's standard library alone: a second implementation of docs/proofs.md.

Usage: verify_proof.py PROOF.json FOLDER. The file is the answer of the service, or its `data`. Writes what
openssl needs to verify the signature into FOLDER, which must be new: `text` and `digest` of the checkpoint, and
`signature`. Ends with 1, and writes nothing, when the proof does not hold.
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


def verify(proof, folder):
    checkpoint = proof["checkpoint"]
    print("leaf", proof["leaf"])

    leaf = sha256(b"\x00" + proof["leaf"].encode())
    path = [bytes.fromhex(step) for step in proof["path"]]
    root = root_by(path, leaf, proof["index"], int(checkpoint["size"]))
    is_root = root is not None and root.hex() == checkpoint["root"]
    print("root", "ok" if is_root else "WRONG")

    signed = {name: checkpoint[name] for name in checkpoint if name not in ("digest", "signature")}
    text = json.dumps({**signed, "v": 1}, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    digest = sha256(text)
    is_digest = digest.hex() == checkpoint["digest"]
    print("digest", "ok" if is_digest else "WRONG")
    if not (is_root and is_digest):
        sys.exit(1)
    signature = bytes.fromhex(checkpoint["signature"])
    folder.mkdir()
    for name, content in (("text", text), ("digest", digest), ("signature", signature)):
        (folder / name).write_bytes(content)


if len(sys.argv) != 3:
    sys.exit("usage: verify_proof.py PROOF.json FOLDER")
try:
    answer = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    verify(answer.get("data", answer), pathlib.Path(sys.argv[2]))
except OSError as error:
    sys.exit(f"{error.filename}: {error.strerror}")
except (AttributeError, KeyError, TypeError, ValueError):
    sys.exit(f"{sys.argv[1]} is no proof")
