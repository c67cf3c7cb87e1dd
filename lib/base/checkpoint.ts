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

const HASH = /^[0-9a-f]{64}$/;
const CURSOR = /^[0-9a-f]{80}$/;
const RULES: Record<keyof SignedCheckpoint, RegExp> = {
  number: /^[1-9][0-9]{0,14}$/,
  from: CURSOR,
  to: CURSOR,
  size: /^[0-9]{1,15}$/,
  root: HASH,
  previous: HASH,
  digest: HASH,
  signedAt: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
  keyId: HASH,
  signature: /^([0-9a-f]{2})+$/,
};

/** What a text says, as JSON; undefined when it is no checkpoint. */
export function parseCheckpoint(text: string): SignedCheckpoint | undefined {
  let parsed: Record<string, unknown>;
  try {
    parsed = Object(JSON.parse(text));
  } catch {
    return undefined;
  }
  const isOne = Object.entries(RULES).every(([name, rule]) => rule.test(String(parsed[name])));
  return isOne ? (parsed as unknown as SignedCheckpoint) : undefined;
}

/** The epoch that a checkpoint was made in: the second at which it began, since 1970. */
export function epochOf({ to }: Pick<Checkpoint, 'to'>): number {
  return Number.parseInt(to.slice(0, 16), 16);
}

/**
 * What no two checkpoints of a ledger have in common: epoch and number. A ledger that was restored goes on
 * from an earlier number, in a new epoch. These texts sort as the checkpoints do.
 */
export function placeOf(checkpoint: Checkpoint): string {
  return `${String(epochOf(checkpoint)).padStart(12, '0')}/${checkpoint.number.padStart(15, '0')}`;
}

/** The number of the database transaction before which all are in a checkpoint. */
export function xactOf({ to }: Pick<Checkpoint, 'to'>): bigint {
  return BigInt(`0x${to.slice(16, 32)}`);
}
