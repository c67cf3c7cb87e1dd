import { createPublicKey, type KeyObject } from 'node:crypto';
import { epochOf, NO_DIGEST, type SignedCheckpoint } from '../base/checkpoint';
import type { Anchors } from './anchored';
import type { Misfit } from './misfits';
import { isSigned, keyIdOf } from './signing';

/** The checkpoints that the ledger of now goes back to, each the next of the one before it. */
export interface Chain {
  checkpoints: SignedCheckpoint[];
  /** A sentence for each time when an older database took the ledger's place. */
  restores: string[];
  misfits: Misfit[];
}

/**
 * Follows the anchors, epoch by epoch. A restored ledger goes on from an earlier checkpoint in a new epoch:
 * its first anchor names that one, and what was anchored after it is in the ledger no more. Tells the first
 * anchor that does not follow the one before it, or is not what was signed.
 */
export async function followAnchors(anchors: Anchors, publicKeys: string[]): Promise<Chain> {
  const { checkpoints: anchored, faults } = await anchors.read();
  const misfits: Misfit[] = faults.map((message) => ({ fault: 'anchor-changed', message }));
  const keys = keyring(anchors, publicKeys);
  const checkpoints: SignedCheckpoint[] = [];
  const restores: string[] = [];
  let fault: string | undefined;
  for (const next of anchored) {
    const lost = takeLost(checkpoints, next);
    if (lost.length > 0) {
      restores.push(restoreText(lost, checkpoints.at(-1), next));
    }
    if (fault === undefined) {
      fault = linkFault(checkpoints.at(-1), next) ?? (await signatureFault(next, keys));
      if (fault !== undefined) {
        misfits.push({ fault: 'anchor-changed', checkpoint: next.number, message: fault });
      }
    }
    checkpoints.push(next);
  }
  return { checkpoints, restores, misfits };
}

/** Takes off what the first checkpoint of a new epoch does not go on from. */
function takeLost(checkpoints: SignedCheckpoint[], next: SignedCheckpoint): SignedCheckpoint[] {
  const last = checkpoints.at(-1);
  if (last === undefined || epochOf(last) === epochOf(next)) {
    return [];
  }
  const first = checkpoints.findIndex(({ number }) => BigInt(number) >= BigInt(next.number));
  return first === -1 ? [] : checkpoints.splice(first);
}

function restoreText(
  lost: SignedCheckpoint[],
  before: SignedCheckpoint | undefined,
  next: SignedCheckpoint,
): string {
  const began = new Date(epochOf(next) * 1_000).toISOString();
  const [first, last] = [lost[0], lost.at(-1)];
  const transactions = Number(last?.size) - Number(before?.size ?? 0);
  return (
    `an older database took the ledger's place at ${began}: ` +
    `checkpoints ${first?.number} to ${last?.number} made before that, with ${transactions} transactions, are not in the ledger`
  );
}

function linkFault(before: SignedCheckpoint | undefined, next: SignedCheckpoint): string | undefined {
  const number = String(BigInt(before?.number ?? 0) + 1n);
  return next.number === number && next.previous === (before?.digest ?? NO_DIGEST)
    ? undefined
    : `checkpoint ${next.number} does not follow the one before it: an anchor is missing or was changed`;
}

async function signatureFault(checkpoint: SignedCheckpoint, keys: Keyring): Promise<string | undefined> {
  const { number, keyId } = checkpoint;
  const found = await keys(keyId);
  if (typeof found === 'string') {
    return `checkpoint ${number} cannot be verified: ${found}`;
  }
  return isSigned(checkpoint, found)
    ? undefined
    : `checkpoint ${number}, as it is anchored, is not what was signed`;
}

/** A public key by its id, or why there is none. */
type Keyring = (keyId: string) => Promise<KeyObject | string>;

/** Of the keys that were given; of none, those that lie with the anchors. */
function keyring(anchors: Anchors, given: string[]): Keyring {
  const known = new Map(given.map((pem) => [keyIdOf(pem), createPublicKey(pem)]));
  return async (keyId) => {
    const key = known.get(keyId) ?? (given.length > 0 ? 'was not given' : await keptKey(anchors, keyId));
    if (typeof key === 'string') {
      return `the public key with the id ${keyId} ${key}`;
    }
    known.set(keyId, key);
    return key;
  };
}

async function keptKey(anchors: Anchors, keyId: string): Promise<KeyObject | string> {
  const pem = await anchors.readKey(keyId);
  if (pem === undefined) {
    return 'does not lie with the anchors';
  }
  try {
    return keyIdOf(pem) === keyId ? createPublicKey(pem) : 'is another key where it lies with the anchors';
  } catch {
    return 'is no key where it lies with the anchors';
  }
}
