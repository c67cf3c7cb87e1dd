-- The ledger. No foreign key stands on the path of a posting: four of them cost 25 to 30 % of its throughput, and made false serialization
-- conflicts on the parents' index pages. What they would guarantee, post_transaction does (it is the only writer) and the reconciler checks.

CREATE TYPE account_type AS ENUM ('user', 'treasury', 'revenue', 'bonus_pool');
CREATE TYPE account_status AS ENUM ('active', 'frozen', 'closed');
CREATE TYPE entry_type AS ENUM ('debit', 'credit');
CREATE TYPE transaction_status AS ENUM ('completed');

CREATE TABLE asset_types (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  code text COLLATE "C" NOT NULL UNIQUE,
  name text NOT NULL,
  scale smallint NOT NULL CHECK (scale BETWEEN 0 AND 6),
  transferable boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- handle: a user's id as the game knows it, or '$treasury', '$revenue', '$bonus_pool' (no userId can hold a '$').
CREATE TABLE accounts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  handle text COLLATE "C" NOT NULL UNIQUE,
  type account_type NOT NULL DEFAULT 'user',
  status account_status NOT NULL DEFAULT 'active',
  name text,
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK ((type = 'user') = (handle NOT LIKE '$%')),
  CHECK (type = 'user' OR status = 'active')
);

CREATE TABLE transaction_types (
  id smallint PRIMARY KEY,
  code text COLLATE "C" NOT NULL UNIQUE,
  name text NOT NULL
);

-- One row per business event. group_id: the transactions that posted together or not at all; null when it posted alone.
CREATE TABLE transactions (
  id uuid PRIMARY KEY,
  created_at timestamptz NOT NULL,
  asset_type_id integer NOT NULL,
  transaction_type_id smallint NOT NULL,
  status transaction_status NOT NULL DEFAULT 'completed',
  group_id uuid,
  amount numeric NOT NULL CHECK (amount > 0 AND amount < 'Infinity'),
  idempotency_key text COLLATE "C" NOT NULL,
  principal text,
  metadata jsonb NOT NULL DEFAULT '{}'
);

-- The two sides of a transaction; the key allows one debit and one credit, no more.
-- stripe 0: a user's account. 1 and up: the slice of a system account that this side went to; running_balance and seq are of that slice.
CREATE TABLE ledger_entries (
  transaction_id uuid NOT NULL,
  created_at timestamptz NOT NULL,
  account_id bigint NOT NULL,
  seq bigint NOT NULL CHECK (seq > 0),
  asset_type_id integer NOT NULL,
  entry_type entry_type NOT NULL,
  stripe smallint NOT NULL,
  amount numeric NOT NULL CHECK (amount > 0 AND amount < 'Infinity'),
  running_balance numeric NOT NULL,
  PRIMARY KEY (transaction_id, entry_type)
);
-- Serves read_history and the balance at a time: both walk one user's entries of one asset, newest first. System accounts' entries stay out
-- of it: nobody pages through them, and they would be half of its inserts.
CREATE INDEX ledger_entries_of_user ON ledger_entries (account_id, asset_type_id, created_at) WHERE stripe = 0;

-- The cached balance, changed in the transaction of the entries. A system account has one row per asset and stripe, so that concurrent
-- postings touch different rows. entry_count numbers the entries without a gap; last_entry_at keeps their times strictly rising.
-- Half of each page stays free and no index holds a changing column, so that updates stay HOT.
CREATE TABLE balances (
  account_id bigint NOT NULL REFERENCES accounts,
  asset_type_id integer NOT NULL REFERENCES asset_types,
  stripe smallint NOT NULL,
  balance numeric NOT NULL DEFAULT 0,
  held numeric NOT NULL DEFAULT 0 CHECK (held >= 0),
  entry_count bigint NOT NULL DEFAULT 0,
  last_entry_at timestamptz NOT NULL DEFAULT '-infinity',
  PRIMARY KEY (account_id, asset_type_id, stripe)
) WITH (fillfactor = 50);

-- Which request claimed a key, and what it made. Never deleted: a key that moved money never moves it again.
CREATE TABLE idempotency_keys (
  key text COLLATE "C" PRIMARY KEY,
  request_hash bytea NOT NULL,
  result_id uuid NOT NULL
);

INSERT INTO transaction_types (id, code, name) VALUES
  (1, 'TOP_UP', 'Wallet Top-up'),
  (2, 'BONUS', 'Bonus/Incentive'),
  (3, 'PURCHASE', 'In-app Purchase'),
  (4, 'TRANSFER', 'Transfer'),
  (5, 'REFUND', 'Refund'),
  (6, 'REVERSAL', 'Reversal'),
  (7, 'EXCHANGE', 'Exchange');

INSERT INTO accounts (handle, type, name) VALUES
  ('$treasury', 'treasury', 'Treasury'),
  ('$revenue', 'revenue', 'Revenue'),
  ('$bonus_pool', 'bonus_pool', 'Bonus Pool');

GRANT SELECT ON asset_types, accounts, transaction_types, transactions, ledger_entries, balances, idempotency_keys TO wallet_reader;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO wallet_reader;
-- A function is callable by those it is granted to, not by everyone.
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
