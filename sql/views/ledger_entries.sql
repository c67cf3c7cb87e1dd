-- The two sides of each transaction, with what a history shows of it. running_balance and seq are of the
-- account in this home: of a player the whole, of a system account its slice.
-- The condition, which leaves holds out, stands outside of the union, not in its arms. There it would keep
-- the planner from merging the two indexes in their order, and a page of a long history would read all of it.
CREATE OR REPLACE VIEW public.ledger_entries AS
SELECT * FROM (
  SELECT id AS transaction_id, home, xact, created_at, debit_account_id AS account_id, debit_seq AS seq,
    asset_type_id,
    'debit'::public.entry_type AS entry_type, amount::numeric AS amount, debit_balance AS running_balance,
    kind, metadata, lots
  FROM public.journal
  UNION ALL
  SELECT id, home, xact, created_at, credit_account_id, credit_seq, asset_type_id,
    'credit'::public.entry_type, amount::numeric, credit_balance, kind, metadata, lots
  FROM public.journal) AS sides
WHERE account_id IS NOT NULL;
REVOKE ALL ON public.ledger_entries FROM wallet_app;
