import { placeOf, type SignedCheckpoint } from '../base/checkpoint';

/** Where checkpoints lie outside of the database, with the public keys that verify them. */
export interface Anchors {
  /** Keeps a public key, in PEM. Comes before the first checkpoint that was signed with it. */
  keepKey(keyId: string, publicKey: string): Promise<void>;
  /**
   * Keeps checkpoints for good. One that lies there already stays as it is; throws when it is another one
   * with the same epoch and number.
   */
  keep(checkpoints: SignedCheckpoint[]): Promise<void>;
  read(): Promise<Anchored>;
  /** PEM; undefined when there is none. */
  readKey(keyId: string): Promise<string | undefined>;
}

/** Checkpoints by epoch and number, and a sentence for each sign that somebody changed what lies there. */
export interface Anchored {
  checkpoints: SignedCheckpoint[];
  faults: string[];
}

/** Throws when what was kept is another checkpoint. */
export function expectSame(kept: SignedCheckpoint | undefined, checkpoint: SignedCheckpoint): void {
  if (kept?.digest !== checkpoint.digest) {
    throw new Error(
      `another checkpoint ${checkpoint.number} is anchored at ${placeOf(checkpoint)}: see "Checkpoint missing" of the runbook`,
    );
  }
}

/** By epoch and number, each once. */
export function inOrder(checkpoints: SignedCheckpoint[], faults: string[]): Anchored {
  const kept = new Map<string, SignedCheckpoint>();
  const told = [...faults];
  for (const checkpoint of checkpoints) {
    const place = placeOf(checkpoint);
    const other = kept.get(place) ?? checkpoint;
    kept.set(place, other);
    // One that was kept twice, because a crash came before the database heard of it, is the same.
    if (JSON.stringify(other) !== JSON.stringify(checkpoint)) {
      told.push(`two checkpoints are anchored at ${place}`);
    }
  }
  const places = [...kept.keys()].sort();
  return { checkpoints: places.map((place) => kept.get(place) as SignedCheckpoint), faults: told };
}
