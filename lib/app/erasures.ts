import type { Leaf } from '../db/leaves';

/** What the leaf of an erasure says, as far as it is held against the journal. */
interface Said {
  account: string;
  transactions: string;
}

/** Holds the transactions whose texts are gone against the erasures that say that they took them. */
export class Erasures {
  private readonly gone = new Map<string, string[]>();

  take({ id, erased }: Leaf): void {
    if (erased !== null) {
      this.gone.set(erased, [...(this.gone.get(erased) ?? []), id]);
    }
  }

  /**
   * The first account whose erasure does not say what is gone. `horizon`: of when the reading began; a later
   * erasure may have taken what was read before it.
   */
  unsaid(
    erasures: Leaf[],
    horizon: string,
  ): { transactionId: string | undefined; message: string } | undefined {
    const said = new Map<string, { count: number; isLate: boolean }>();
    for (const { leaf, xact } of erasures) {
      const { account, transactions } = JSON.parse(leaf) as Said;
      said.set(account, { count: Number(transactions), isLate: BigInt(xact) >= BigInt(horizon) });
    }
    for (const account of new Set([...this.gone.keys(), ...said.keys()])) {
      const ids = this.gone.get(account) ?? [];
      const { count, isLate } = said.get(account) ?? { count: 0, isLate: false };
      if (isLate ? ids.length > count : ids.length !== count) {
        const message = `the texts of ${ids.length} transactions of account ${account} are gone, and its erasure took those of ${count}`;
        return { transactionId: ids[0], message };
      }
    }
    return undefined;
  }
}
