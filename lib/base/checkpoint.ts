import { sha256 } from './merkle';

/** What was committed until then. Numbers are decimal texts, hashes and the signature are of hex digits. */
export interface Checkpoint {
  number: string;
  /** Cursors: the places between which the rows lie that it added. */
  from: string;
  to: string;
  /** Leaves of the whole tree. */
  size: string;
  root: string;
  /** The digest of the checkpoint before it; zeros of the first. */
  previous: string;
  /** ISO 8601, UTC. */
  signedAt: string;
  /** The SHA-256 of the public key (SubjectPublicKeyInfo, DER). */
  keyId: string;
}

export interface SignedCheckpoint extends Checkpoint {
  digest: string;
  /**
   * Over the 32 bytes of the digest by Ed25519, or by ECDSA on P-256 (in DER) over the text, whose SHA-256 it
   * is.
   */
  signature: string;
}

/** The digest that stands before the first checkpoint. */
export const NO_DIGEST = '0'.repeat(64);

/** What a checkpoint's digest is the SHA-256 of: JSON in the form of RFC 8785. */
export function checkpointText(checkpoint: Checkpoint): string {
  const { from, keyId, number, previous, root, signedAt, size, to } = checkpoint;
  return JSON.stringify({ from, keyId, number, previous, root, signedAt, size, to, v: 1 });
}

export function checkpointDigest(checkpoint: Checkpoint): Buffer {
  return sha256(checkpointText(checkpoint));
}
