/** What does not fit, in one sentence, by a name that scripts can tell. docs/proofs.md explains each. */
export interface Misfit {
  fault:
    | 'no-anchors'
    | 'anchor-changed'
    | 'anchor-stale'
    | 'checkpoint-missing'
    | 'checkpoint-changed'
    | 'transaction-changed'
    | 'transaction-missing'
    | 'transaction-inserted'
    | 'transaction-moved'
    | 'transaction-erased'
    | 'tree-changed';
  message: string;
  checkpoint?: string;
  transactionId?: string | undefined;
}
