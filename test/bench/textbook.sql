-- A textbook implementation: one balance row per account and asset, also for the treasury, locked by interactive transactions.
CREATE TABLE asset_types (id serial PRIMARY KEY, code text NOT NULL UNIQUE);
CREATE TABLE transaction_types (id serial PRIMARY KEY, code text NOT NULL UNIQUE, name text NOT NULL);
CREATE TABLE accounts (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), user_id text UNIQUE);
CREATE TABLE transactions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  idempotency_key text NOT NULL UNIQUE,
  transaction_type_id integer NOT NULL REFERENCES transaction_types,
  asset_type_id integer NOT NULL REFERENCES asset_types,
  amount numeric(20, 2) NOT NULL,
  status text NOT NULL DEFAULT 'completed',
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE ledger_entries (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  transaction_id uuid NOT NULL REFERENCES transactions,
  account_id uuid NOT NULL REFERENCES accounts,
  entry_type text NOT NULL,
  amount numeric(20, 2) NOT NULL,
  balance_after numeric(20, 2) NOT NULL,
  description text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON ledger_entries (account_id, created_at);
CREATE TABLE balance_cache (
  account_id uuid NOT NULL REFERENCES accounts,
  asset_type_id integer NOT NULL REFERENCES asset_types,
  balance numeric(20, 2) NOT NULL DEFAULT 0,
  PRIMARY KEY (account_id, asset_type_id)
);
