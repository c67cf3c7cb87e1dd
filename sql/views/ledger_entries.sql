-- The two sides of each transaction, with what a history shows of it. running_balance and seq are of the account's stripe: a user's account
-- has one, 0.
-- The condition stands outside of the union, not in its arms: there it would keep the planner from merging the two indexes in their order, and a
-- page of a long history would read all of it.
CREATE OR REPLACE VIEW public.ledger_entries AS
SELECT * FROM (
  SELECT id AS transaction_id, created_at, debit_account_id AS account_id, debit_seq AS seq, asset_type_id,
    'debit'::public.entry_type AS entry_type, debit_stripe AS stripe, amount::numeric AS amount, debit_balance AS running_balance, type, metadata
  FROM public.journal
  UNION ALL
  SELECT id, created_at, credit_account_id, credit_seq, asset_type_id,
    'credit'::public.entry_type, credit_stripe, amount::numeric, credit_balance, type, metadata
  FROM public.journal) AS sides
WHERE type <> 'HOLD';
