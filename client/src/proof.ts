/**
 * Verifies proofs of the ledger without the service: Web Crypto is all that it needs. A hash is 32 bytes,
 * here in hex. docs/proofs.md says what is hashed and signed.
 */

import { type Bytes, fromBase64 } from './bytes.ts';
import type { Checkpoint, ConsistencyReply, ProofReply } from './generated.ts';

/** `reason`: what does not hold, of a proof that is none. `transaction`: what the leaf says. */
export type Verdict =
  | { valid: true; transaction: Record<string, unknown> }
  | { valid: false; reason: string };

/** The version of leaves that is known here. */
const VERSION = 1;
const MALFORMED = { valid: false as const, reason: 'the proof is not in the form that it must have' };
const NO_KEY = 'the public key is none: it must be of Ed25519 or P-256, as PEM, or as DER in base64';

/**
 * Whether a transaction was in a checkpoint that this key has signed. `publicKey`: PEM, or DER in base64.
 * `transactionId`: the transaction that was asked for. Whatever it is given, it answers a verdict.
 */
export async function verifyProof(
  proof: ProofReply,
  publicKey: string,
  transactionId?: string,
): Promise<Verdict> {
  return proofVerdict(proof, publicKey, transactionId).catch(() => MALFORMED);
}

async function proofVerdict(proof: ProofReply, publicKey: string, transactionId?: string): Promise<Verdict> {
  const transaction = JSON.parse(proof.leaf) as Record<string, unknown>;
  if (transaction.v !== VERSION) {
    return { valid: false, reason: `the leaf is of version ${String(transaction.v)}, which is unknown here` };
  }
  if (transactionId !== undefined && transaction.id !== transactionId) {
    return { valid: false, reason: `the proof is of transaction ${String(transaction.id)}` };
  }
  const size = Number(proof.checkpoint.size);
  const leaf = await sha256(join(bytes('00'), new TextEncoder().encode(proof.leaf)));
  const root = await rootBy(proof.path, leaf, proof.index, size);
  if (root !== proof.checkpoint.root) {
    return { valid: false, reason: 'the path does not lead from the leaf to the root of the checkpoint' };
  }
  const reason = await checkpointFault(proof.checkpoint, publicKey);
  return reason === undefined ? { valid: true, transaction } : { valid: false, reason };
}

/** Why a checkpoint is not what this key has signed; undefined when it is. */
export async function checkpointFault(
  checkpoint: Checkpoint,
  publicKey: string,
): Promise<string | undefined> {
  const key = await keyOf(publicKey);
  if (key === undefined) {
    return NO_KEY;
  }
  const { from, keyId, number, previous, root, signedAt, size, to } = checkpoint;
  const text = new TextEncoder().encode(
    JSON.stringify({ from, keyId, number, previous, root, signedAt, size, to, v: VERSION }),
  );
  const digest = await sha256(text);
  if (hex(await sha256(key.der)) !== keyId) {
    return 'the checkpoint was signed with another key';
  }
  if (hex(digest) !== checkpoint.digest) {
    return 'the digest is not that of the checkpoint';
  }
  const signature = bytes(checkpoint.signature);
  const signed = isEd25519(key.der)
    ? crypto.subtle.verify('Ed25519', key.imported, signature, digest)
    : crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key.imported, rawSignature(signature), text);
  return (await signed) ? undefined : 'the signature is not of this key';
}

/**
 * Whether the second checkpoint has all that the first one had, unchanged, and both were signed by this key.
 * Whatever it is given, it answers a verdict.
 */
export async function verifyConsistency(
  consistency: ConsistencyReply,
  publicKey: string,
): Promise<{ valid: boolean; reason?: string }> {
  return consistencyVerdict(consistency, publicKey).catch(() => MALFORMED);
}

async function consistencyVerdict(
  { first, second, proof }: ConsistencyReply,
  publicKey: string,
): Promise<{ valid: boolean; reason?: string }> {
  const fault = (await checkpointFault(first, publicKey)) ?? (await checkpointFault(second, publicKey));
  if (fault !== undefined) {
    return { valid: false, reason: fault };
  }
  // A tree without leaves is the begin of every tree.
  const isTrivial = first.size === '0' || first.size === second.size;
  const [old, young] = isTrivial
    ? [first.root, first.size === '0' ? second.root : first.root]
    : await rootsBy(proof, Number(first.size), Number(second.size), first.root);
  const valid = old === first.root && young === second.root && (proof.length === 0 || !isTrivial);
  return valid ? { valid } : { valid, reason: 'the second checkpoint does not go on from the first' };
}

/**
 * On which side each hash of a path lies, from a leaf up to the root (RFC 9162, 2.1.3.2); undefined when the
 * path is not as long as it must be.
 */
function sidesOf(index: number, size: number, length: number): ('left' | 'right')[] | undefined {
  let [at, last] = [index, size - 1];
  const sides: ('left' | 'right')[] = [];
  for (; sides.length < length && last > 0; [at, last] = [Math.floor(at / 2), Math.floor(last / 2)]) {
    const isLeft = at % 2 === 1 || at === last;
    sides.push(isLeft ? 'left' : 'right');
    while (isLeft && at % 2 === 0 && at !== 0) {
      [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
    }
  }
  return sides.length === length && last === 0 ? sides : undefined;
}

async function rootBy(path: string[], leaf: Bytes, index: number, size: number): Promise<string> {
  const sides = index < size ? sidesOf(index, size, path.length) : undefined;
  let root = leaf;
  for (const [step, side] of (sides ?? []).entries()) {
    const hash = bytes(path[step] ?? '');
    root = side === 'left' ? await node(hash, root) : await node(root, hash);
  }
  return sides === undefined ? '' : hex(root);
}

/** RFC 9162, 2.1.4.2. */
async function rootsBy(
  proof: string[],
  first: number,
  second: number,
  firstRoot: string,
): Promise<[string, string]> {
  const [start = '', ...path] = Number.isInteger(Math.log2(first)) ? [firstRoot, ...proof] : proof;
  let [at, last] = [first - 1, second - 1];
  while (at % 2 === 1) {
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  const sides = sidesOf(at, last + 1, path.length);
  let [old, young] = [bytes(start), bytes(start)];
  for (const [step, side] of (sides ?? []).entries()) {
    const hash = bytes(path[step] ?? '');
    old = side === 'left' ? await node(hash, old) : old;
    young = side === 'left' ? await node(hash, young) : await node(young, hash);
  }
  return sides === undefined ? ['', ''] : [hex(old), hex(young)];
}

function node(left: Bytes, right: Bytes): Promise<Bytes> {
  return sha256(join(bytes('01'), left, right));
}

async function sha256(content: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', content));
}

/** By the object identifier 1.3.101.112 at its place in the key. */
function isEd25519(der: Bytes): boolean {
  return hex(der).startsWith('302a300506032b6570');
}

/** ECDSA's two numbers in DER, as Web Crypto wants them: 32 bytes each. */
function rawSignature(der: Bytes): Bytes {
  const raw = new Uint8Array(64);
  let at = 2;
  for (const end of [32, 64]) {
    const length = der[at + 1] ?? 0;
    const number = der.subarray(at + 2, at + 2 + length);
    const trimmed = number.subarray(Math.max(0, number.length - 32));
    raw.set(trimmed, end - trimmed.length);
    at += 2 + length;
  }
  return raw;
}

/** Undefined of a text that is no key. */
async function keyOf(publicKey: string) {
  try {
    const der = fromBase64(publicKey.replace(/-----[^-]+-----|\s/g, ''));
    const algorithm = isEd25519(der) ? 'Ed25519' : { name: 'ECDSA', namedCurve: 'P-256' };
    return { der, imported: await crypto.subtle.importKey('spki', der, algorithm, false, ['verify']) };
  } catch {
    return undefined;
  }
}

function bytes(text: string): Bytes {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function hex(content: Bytes): string {
  return Array.from(content, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function join(...parts: Bytes[]): Bytes {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
