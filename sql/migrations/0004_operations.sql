-- What every peer has beside top-up, bonus and purchase: refunds and reversals that name what they give or take back, groups under one key,
-- and holds.

-- A hold claims its key in the journal like a transaction, because a key is one name for ever across all of them, but it moves nothing:
-- its row has stripe -1 on both sides, and the views leave it out. debit_balance is then the user's balance, credit_balance what stayed available.
ALTER TYPE transaction_type ADD VALUE 'HOLD';

-- related_id: the purchase that a refund gives back, the top-up or bonus that a reversal takes back, the hold that a purchase captured, the
-- first transaction of an exchange (in its second).
-- idempotency_key: null for the second transaction of an exchange, which shares the first one's.
ALTER TABLE journal
  ADD COLUMN related_id uuid,
  ALTER COLUMN idempotency_key DROP NOT NULL,
  ALTER COLUMN request_hash DROP NOT NULL;

-- Serves the sum of a purchase's refunds, the search for a reversal, and the replay of an exchange.
-- By hash: ids of a time lie together in a b-tree, and what reads and inserts there conflicts under serializable isolation.
CREATE INDEX journal_of_related ON journal USING hash (related_id) WHERE related_id IS NOT NULL;

CREATE TYPE hold_status AS ENUM ('active', 'captured', 'voided', 'expired');

-- id: that of its row in the journal; random, because b-tree neighbours that are read and updated at one time are false conflicts. A hold reserves while its status is active and expires_at lies ahead; balances.held is the sum of the
-- active ones, so it may still count one that has expired: whoever needs the room releases it (release_expired_holds).
CREATE TABLE holds (
  id uuid PRIMARY KEY,
  account_id bigint NOT NULL,
  asset_type_id integer NOT NULL,
  amount posted_amount NOT NULL,
  status hold_status NOT NULL DEFAULT 'active',
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  resolved_at timestamptz,
  transaction_id uuid,
  CHECK ((status = 'active') = (resolved_at IS NULL)),
  CHECK ((status = 'captured') = (transaction_id IS NOT NULL))
);
-- Serves the live holds of a balance: a spend that needs room, the balance reply, capture and void.
CREATE INDEX holds_active ON holds (account_id, asset_type_id, expires_at) WHERE status = 'active';
-- Serves the sweeper.
CREATE INDEX holds_expiry ON holds (expires_at) WHERE status = 'active';
GRANT SELECT ON holds TO wallet_reader;

-- An element of a batch with what its names stand for (null: nothing).
CREATE TYPE batch_element AS (
  position integer, id uuid, type text, debit text, credit text, asset text, amount numeric, key text, hash bytea, metadata jsonb,
  asset_id integer, scale smallint, transferable boolean,
  debit_id bigint, debit_is_user boolean, debit_status account_status, debit_stripe smallint,
  credit_id bigint, credit_is_user boolean, credit_status account_status, credit_stripe smallint
);
