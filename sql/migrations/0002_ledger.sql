-- The tables of the ledger. sql/README.md explains its words.
--
-- Every row of a player lies in the player's home: one of 32,768 numbers, 15 bits of the SHA-256 of the
-- userId. A system account has a slice of its balance in each home. So a posting between a player and the
-- system reads and writes one home, and each home's books sum to zero.
--
-- No foreign key stands on the path of a posting: four of them cost 25 to 30 % of its throughput, and made
-- false serialization conflicts on the parents' index pages. The functions of this folder are the only
-- writers and guarantee the same; reconciliation checks it.

-- wallet_app reads no table: it calls functions.
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO wallet_reader;
-- A function is callable by those it is granted to, not by everyone.
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

CREATE TYPE account_status AS ENUM ('active', 'frozen', 'closed');
CREATE TYPE entry_type AS ENUM ('debit', 'credit');
CREATE TYPE hold_status AS ENUM ('active', 'captured', 'voided', 'expired');

-- What the ledger refuses, in the order in which it decides: the part of the error catalogue
-- (lib/base/errors.ts) that the database knows. The order is the type's, so of two faults least() is the one
-- to tell.
CREATE TYPE fault AS ENUM (
  'VALIDATION_ERROR', 'USER_NOT_FOUND', 'ASSET_NOT_FOUND', 'TRANSACTION_NOT_FOUND', 'GROUP_NOT_FOUND',
  'HOLD_NOT_FOUND', 'SUBSCRIBER_NOT_FOUND', 'PROOF_PENDING', 'NOT_ON_SEVERAL_NODES',
  'IDEMPOTENCY_KEY_REUSED',
  'ACCOUNT_FROZEN', 'ACCOUNT_CLOSED', 'ACCOUNT_NOT_EMPTY', 'ASSET_SCALE_FIXED', 'ASSET_LOTS_FIXED',
  'ASSET_NOT_TRANSFERABLE', 'ASSET_WITHOUT_LOTS',
  'AMOUNT_PRECISION', 'SAME_ACCOUNT', 'PAID_CREDITS_DO_NOT_EXPIRE',
  'NOT_REFUNDABLE', 'NOT_REVERSIBLE', 'ALREADY_REVERSED', 'REFUND_EXCEEDS_ORIGINAL',
  'HOLD_CAPTURED', 'HOLD_VOIDED', 'HOLD_EXPIRED', 'CAPTURE_EXCEEDS_HOLD',
  'INSUFFICIENT_FUNDS', 'BALANCE_LIMIT_EXCEEDED', 'TOO_MANY_LOTS');
-- A fault with what its message and details say of it.
CREATE TYPE refusal AS (fault fault, about jsonb);

-- Domains, because a CHECK of a table is parsed anew by every statement that writes a row (3 to 6 % of a
-- posting).
CREATE DOMAIN posted_amount AS numeric CHECK (VALUE > 0 AND VALUE < 'Infinity');
CREATE DOMAIN held_amount AS numeric CHECK (VALUE >= 0 AND VALUE < 'Infinity');

CREATE TYPE lot_origin AS ENUM ('free', 'paid');
CREATE TYPE burn_order AS ENUM ('expiring-first', 'free-first', 'paid-first');
-- A part of a player's balance with one past: a lot, or a piece of one that a transaction made or burned.
-- id: follows from the five fields after it, so credits that are alike in these are one lot.
-- source: where it was bought or given, such as a shop. priority: lower burns first. expires_at: to the
-- second. cost: what the player paid for the amount, in this currency; null when nobody said.
-- made_at: of its oldest credit. was_until: of a piece that a refund put back after its lot had expired, when
-- that lot did.
CREATE TYPE lot AS (
  id uuid, origin lot_origin, source text, priority smallint, expires_at timestamptz, currency text,
  made_at timestamptz, amount numeric, cost numeric, was_until timestamptz
);
-- What take_lots takes of a balance's lots, what it leaves, and how much it could not take.
CREATE TYPE taking AS (taken lot[], lots lot[], missing numeric);
-- Which lots a posting moves, what it leaves of those of its two balances, or why it may not.
CREATE TYPE lot_move AS (moved lot[], debit_lots lot[], credit_lots lot[], refusal refusal);

-- burn_order: null of an asset without lots. refund_grace_seconds: what a lot has left to live that a refund
-- puts back after it has expired. paid_expires: whether a paid credit may have an expiry.
CREATE TABLE asset_types (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  code text COLLATE "C" NOT NULL UNIQUE,
  name text NOT NULL,
  scale smallint NOT NULL CHECK (scale BETWEEN 0 AND 6),
  transferable boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now(),
  burn_order burn_order,
  refund_grace_seconds integer,
  paid_expires boolean,
  CHECK (num_nulls(burn_order, refund_grace_seconds, paid_expires) IN (0, 3))
);

-- handle: a player's userId, or an erased_handle. salt: of the digests by which proofs speak of what must be
-- erasable; null once it was erased.
-- id: the home in its upper bits, then 48 random ones. Numbers in a row would put every new player's rows on
-- one page of an index, and two transactions that read and write one page are a false conflict.
CREATE TABLE user_accounts (
  home integer NOT NULL,
  id bigint NOT NULL,
  handle text COLLATE "C" NOT NULL CHECK (handle NOT LIKE '$%'),
  status account_status NOT NULL DEFAULT 'active',
  name text,
  created_at timestamptz NOT NULL DEFAULT now(),
  salt uuid DEFAULT gen_random_uuid(),
  PRIMARY KEY (home, id),
  UNIQUE (home, handle)
);

-- Ids are below zero, so that a condition on an account's id tells the players' from these.
CREATE TABLE system_accounts (
  id bigint PRIMARY KEY CHECK (id < 0),
  handle text COLLATE "C" NOT NULL UNIQUE CHECK (handle LIKE '$%'),
  name text NOT NULL
);

-- The chart: what kinds of transactions there are. sql/chart/kinds.sql has the rows, and says what each
-- column means.
CREATE TABLE kinds (
  id smallint PRIMARY KEY,
  code text COLLATE "C" NOT NULL UNIQUE,
  name text NOT NULL,
  flows text[] NOT NULL,
  relates_to text[] NOT NULL,
  passes_frozen boolean NOT NULL,
  description text NOT NULL
);

-- The players that were erased, and when: each is a leaf of the tree that proofs are made from, so that nobody
-- can erase unseen. id: that of the request's key (id_of), also that of its event. transactions: whose texts
-- it took out of the journal. request: a digest of key and request, which tells a replay.
CREATE TABLE erasures (
  home integer NOT NULL,
  account_id bigint NOT NULL,
  id uuid NOT NULL,
  xact xid8 NOT NULL DEFAULT pg_current_xact_id(),
  created_at timestamptz NOT NULL,
  transactions bigint NOT NULL,
  principal text,
  request bytea NOT NULL,
  PRIMARY KEY (home, account_id)
);
CREATE UNIQUE INDEX erasures_claims ON erasures (substr(uuid_send(id), 1, 14));
CREATE INDEX erasures_in_commit_order ON erasures (xact);

-- The rows of the journal whose key, request and metadata an erasure took out. account_id: of the erased
-- player. digest: what the leaf of the transaction says of these texts and of its players; null of a hold,
-- which has no leaf.
CREATE TABLE erased_texts (
  home integer NOT NULL,
  transaction_id uuid NOT NULL,
  account_id bigint NOT NULL,
  digest bytea,
  PRIMARY KEY (home, transaction_id)
);

-- What one account has of one asset: the whole state that a posting decides on, in the row that it locks
-- anyway. handle, asset_code, scale and status are copies, so that a posting reads its two balances and
-- nothing else (without the account and the asset beside them it costs 8 to 9 % less). Handles, codes and
-- scales never change; a change of status changes the copies.
-- entry_count numbers the entries without a gap; last_entry_at keeps their times strictly rising. Half of
-- each page stays free and no index holds a changing column, so that updates stay HOT.
-- lots: what the player can spend, in burn order; null of an asset without lots, and of a system account.
-- What a hold reserves lies in the hold. burn_order: the one that they lie in. next_expiry: of those lots.
CREATE TABLE balances (
  home integer NOT NULL,
  asset_type_id integer NOT NULL,
  account_id bigint NOT NULL,
  entry_count bigint NOT NULL DEFAULT 0,
  last_entry_at timestamptz NOT NULL DEFAULT '-infinity',
  balance numeric NOT NULL,
  held held_amount NOT NULL DEFAULT 0,
  handle text COLLATE "C" NOT NULL,
  asset_code text COLLATE "C" NOT NULL,
  scale smallint NOT NULL,
  status account_status NOT NULL,
  lots lot[],
  burn_order burn_order,
  next_expiry timestamptz,
  PRIMARY KEY (home, handle, asset_code)
) WITH (fillfactor = 50);
-- Serves the sweeper. It holds balances with an expiry alone, and where that does not change, as it never
-- does without lots, an update stays HOT.
CREATE INDEX balances_expiring ON balances (next_expiry) WHERE next_expiry IS NOT NULL;

-- One row per transaction, with both of its sides and the key that claimed it. So a transaction has exactly
-- one debit and one credit of one amount and asset by construction, and a posting costs one insert. The views
-- transactions and ledger_entries show the rows as tables of the usual form. No row is ever deleted, and none is
-- changed but by an erasure, which takes its texts out (erase_texts).
--
-- id: of version 8, bits of the SHA-256 of the idempotency key, and the home in its last four hex digits
-- (id_of).
-- xact: the transaction of the database that wrote the row. Rows below the horizon are complete and never
-- change, so xact is the ledger's commit order, whatever clocks do.
-- A hold (kind HOLD) claims its key here, because a key is one name for ever among all transactions and
-- holds. It moves nothing, so its row has no sides.
-- idempotency_key: null of a dependent row, such as the second transaction of an exchange: its id derives
-- from the key of the first.
-- related_id: the purchase that a refund gives back, the top-up or bonus that a reversal takes back, the hold
-- that a purchase captured, the transaction that an adjustment corrects.
-- group_id: the transactions that posted together or not at all; null when it posted alone.
-- lots: what it made or burned of a player's lots; null of an asset without lots.
CREATE TABLE journal (
  id uuid NOT NULL,
  home integer NOT NULL,
  asset_type_id integer NOT NULL,
  created_at timestamptz NOT NULL,
  xact xid8 NOT NULL DEFAULT pg_current_xact_id(),
  debit_account_id bigint,
  debit_seq bigint,
  credit_account_id bigint,
  credit_seq bigint,
  kind text COLLATE "C" NOT NULL,
  amount posted_amount NOT NULL,
  debit_balance numeric,
  credit_balance numeric,
  idempotency_key text COLLATE "C",
  request_hash bytea,
  group_id uuid,
  related_id uuid,
  principal text,
  metadata jsonb NOT NULL DEFAULT '{}',
  lots lot[]
);
-- The one unique index: over the id without its home, so that one key for two players is refused. claim_of
-- inlines to this expression; find rows by it and by their home.
CREATE UNIQUE INDEX journal_claims ON journal (substr(uuid_send(id), 1, 14));
-- Serves everything that reads in commit order: events, reconciliation since the last one, checkpoints.
CREATE INDEX journal_in_commit_order ON journal (xact);
-- Serve read_history and the balance at a time: both walk one player's entries of one asset, newest first.
-- The slices of system accounts stay out of them: nobody pages through them, and they would be half of the
-- inserts.
CREATE INDEX journal_of_debited_user ON journal (debit_account_id, asset_type_id, created_at)
  WHERE debit_account_id > 0;
CREATE INDEX journal_of_credited_user ON journal (credit_account_id, asset_type_id, created_at)
  WHERE credit_account_id > 0;
-- Serves the sum of a purchase's refunds and the search for a reversal.
-- By hash: ids of a time lie together in a b-tree, and what reads and inserts there conflicts when it is
-- serializable.
CREATE INDEX journal_of_related ON journal USING hash (related_id) WHERE related_id IS NOT NULL;
CREATE INDEX journal_of_group ON journal (group_id) WHERE group_id IS NOT NULL;

-- id: that of its row in the journal. A hold reserves while its status is active and expires_at lies ahead.
-- balances.held is the sum of the active ones, so it may still count one that has expired: whoever needs the
-- room releases it (release_expired_holds).
-- available: what the player had left to spend when it was placed, for its replay.
-- lots: what it reserves of the player's lots, in burn order; they do not expire while it lives.
CREATE TABLE holds (
  home integer NOT NULL,
  id uuid NOT NULL,
  account_id bigint NOT NULL,
  asset_type_id integer NOT NULL,
  amount posted_amount NOT NULL,
  available numeric NOT NULL,
  status hold_status NOT NULL DEFAULT 'active',
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  resolved_at timestamptz,
  transaction_id uuid,
  lots lot[],
  PRIMARY KEY (home, id),
  CHECK ((status = 'active') = (resolved_at IS NULL)),
  CHECK ((status = 'captured') = (transaction_id IS NOT NULL))
);
-- Serves the live holds of a balance: a spend that needs room, the balance reply, capture and void.
CREATE INDEX holds_active ON holds (account_id, asset_type_id, expires_at) WHERE status = 'active';
-- Serves the sweeper.
CREATE INDEX holds_expiry ON holds (expires_at) WHERE status = 'active';
-- Serves read_holds.
CREATE INDEX holds_of_account ON holds (account_id, created_at, id);

-- Who did what to an account or an asset, when, and why. record_act writes a row in the transaction of the
-- act itself; no row is deleted afterwards, and an erasure alone changes one. act: OPENED, RENAMED,
-- STATUS_CHANGED or ERASED of an account, CREATED or CHANGED of an asset. before: null of something new. home: of the account; 0 of an asset.
CREATE TABLE administrative_acts (
  home integer NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  account_id bigint,
  asset_type_id integer,
  act text COLLATE "C" NOT NULL,
  principal text,
  reason text,
  before jsonb,
  after jsonb NOT NULL,
  PRIMARY KEY (home, id),
  CHECK ((account_id IS NULL) <> (asset_type_id IS NULL))
);
-- Serves read_acts.
CREATE INDEX administrative_acts_of_account ON administrative_acts (account_id, id)
  WHERE account_id IS NOT NULL;

-- What changed beside the journal: one row for each change of a hold after it was placed, of an account, and
-- of an asset, written in the transaction of the change. Events are read from these rows and from the
-- journal's, in commit order (read_events). No row is deleted, and an erasure alone changes one.
-- home: of the account; 0 of an asset. data: the account or asset as the change left it; null of a hold,
-- which does not change after it has ended, and of an account that was erased: it is not told any more.
CREATE TYPE event_type AS ENUM (
  'wallet.transaction.posted', 'wallet.hold.placed', 'wallet.hold.captured', 'wallet.hold.voided',
  'wallet.hold.expired', 'wallet.account.opened', 'wallet.account.changed', 'wallet.account.erased',
  'wallet.asset.changed');
CREATE TABLE changes (
  home integer NOT NULL,
  xact xid8 NOT NULL DEFAULT pg_current_xact_id(),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  type event_type NOT NULL,
  hold_id uuid,
  data json,
  PRIMARY KEY (xact, created_at, id, home)
);
-- Serves erase_account.
CREATE INDEX changes_of_accounts ON changes (home)
  WHERE type IN ('wallet.account.opened', 'wallet.account.changed');

-- Who is told of events, each from a cursor of its own: a webhook (target: its address), an event bus of
-- EventBridge (its name), or a FIFO queue of SQS (its address). types: of the events it wants; null: all.
-- secrets: of a webhook, a JSON list of {sealed, until}, the newest first; an older one signs until then.
-- attempts: tries of the event after the cursor that failed, since failing_since; the next one is at
-- next_try_at. lease: of the deliverer that tells it now, until leased_until.
CREATE TYPE subscriber_kind AS ENUM ('webhook', 'eventbridge', 'sqs');
CREATE TABLE subscribers (
  name text COLLATE "C" PRIMARY KEY,
  kind subscriber_kind NOT NULL,
  target text NOT NULL,
  types text[],
  enabled boolean NOT NULL DEFAULT true,
  secrets jsonb NOT NULL DEFAULT '[]',
  cursor text COLLATE "C" NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  failing_since timestamptz,
  next_try_at timestamptz NOT NULL DEFAULT '-infinity',
  last_error text,
  lease uuid,
  leased_until timestamptz NOT NULL DEFAULT '-infinity',
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
-- The last attempts of each subscriber. error: null of one that was taken. status: of a webhook's answer.
CREATE TABLE deliveries (
  subscriber text COLLATE "C" NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  created_at timestamptz NOT NULL,
  event_id uuid NOT NULL,
  type event_type NOT NULL,
  status integer,
  error text,
  PRIMARY KEY (subscriber, id)
);
-- Players whose events a subscriber is not told any more, because it refused one for a day. cursor: the place
-- before that event, from where a replay goes on. user_id: empty of events about no player.
CREATE TABLE parked_players (
  subscriber text COLLATE "C" NOT NULL,
  user_id text COLLATE "C" NOT NULL,
  cursor text COLLATE "C" NOT NULL,
  event_id uuid NOT NULL,
  parked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (subscriber, user_id)
);

-- What was committed until then, as one number: the root of a Merkle tree over all leaves (RFC 6962), signed
-- and kept outside of the database too. from_cursor and to_cursor: the places between which lie the rows that
-- it added. upto: rows below this number are in it. size: leaves of the whole tree. previous: the digest of
-- the checkpoint before it. anchored: whether it is known to lie outside of the database.
CREATE TABLE checkpoints (
  number bigint PRIMARY KEY,
  from_cursor text COLLATE "C" NOT NULL,
  to_cursor text COLLATE "C" NOT NULL,
  upto xid8 NOT NULL,
  size bigint NOT NULL,
  root bytea NOT NULL,
  previous bytea NOT NULL,
  digest bytea NOT NULL,
  signed_at timestamptz NOT NULL,
  key_id text NOT NULL,
  signature bytea NOT NULL,
  anchored boolean NOT NULL DEFAULT false
);

CREATE INDEX checkpoints_unanchored ON checkpoints (number) WHERE NOT anchored;
-- Serves the search for the checkpoint of a transaction.
CREATE INDEX checkpoints_upto ON checkpoints (upto, number);

-- The whole parts of that tree, of 256 hashes each: at level 0 of leaves, at each level above of the roots of
-- the level below; and the last leaves, which have no root yet. hashes: of the leaves; null above level 0.
-- until_xact, until_at, until_id: the place of the last leaf.
CREATE TABLE tiles (
  level smallint NOT NULL,
  index bigint NOT NULL,
  root bytea NOT NULL,
  hashes bytea,
  until_xact xid8 NOT NULL,
  until_at timestamptz NOT NULL,
  until_id uuid NOT NULL,
  PRIMARY KEY (level, index)
);
-- Serves the search for the tile of a leaf.
CREATE INDEX tiles_in_commit_order ON tiles (until_xact, until_at, until_id) WHERE level = 0;

-- The clusters of PostgreSQL that this ledger has lived in. Transaction numbers mean nothing in another
-- cluster, so a restore, a copy and an upgrade begin a new epoch (begin_epoch).
-- id: the second of its begin. cluster: which cluster it is (cluster_id). began: rows from this number on may
-- be unknown to those who read the cluster before it. lift: what the ledger adds to the numbers of this
-- cluster, so that they go on above those of the rows that came with it.
CREATE TABLE epochs (
  id bigint PRIMARY KEY,
  cluster text NOT NULL,
  began xid8 NOT NULL,
  lift bigint NOT NULL
);

-- What moved the players' balances, added up for statements (read_statement): of each hour and each day, in
-- UTC, by asset and kind, and of assets with lots also by origin and source. count_totals adds rows of the
-- journal along commit order, long after they were posted; counted says how far it has come.
-- origin: null of the whole; source: null also of lots without one. transactions: a transfer counts once.
-- amount: what the players' balances changed by. first_xact and last_xact: between which the rows lie.
CREATE TABLE totals (
  grain text COLLATE "C" NOT NULL CHECK (grain IN ('hour', 'day')),
  starts_at timestamptz NOT NULL,
  asset_type_id integer NOT NULL,
  kind text COLLATE "C" NOT NULL,
  origin lot_origin,
  source text COLLATE "C",
  transactions bigint NOT NULL,
  amount numeric NOT NULL,
  first_xact bigint NOT NULL,
  last_xact bigint NOT NULL,
  UNIQUE NULLS NOT DISTINCT (grain, starts_at, asset_type_id, kind, origin, source)
);
-- upto: all rows of the journal below it are in the totals.
CREATE TABLE counted (
  upto xid8 NOT NULL
);
CREATE UNIQUE INDEX counted_once ON counted ((true));
INSERT INTO counted VALUES ('0');

-- What each reconciliation found. upto: the horizon of its snapshot; the next one reads the journal from
-- there on.
-- discrepancies: a JSON list of {check, ...what it is about}.
CREATE TABLE reconciliation_runs (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  "full" boolean NOT NULL,
  snapshot_at timestamptz NOT NULL,
  upto xid8 NOT NULL,
  finished_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  checked jsonb NOT NULL,
  discrepancies jsonb NOT NULL
);

-- A transaction of a batch with what its names stand for. position: of its element, from 0. A transfer
-- between two homes has two legs, of which the second is called `to`. debit_at, credit_at, claim_at: where
-- its two balances and its key stand among those of the whole batch.
CREATE TYPE batch_leg AS (
  position integer, leg text, id uuid, home integer, kind kinds, transferable boolean, amount numeric,
  key text,
  request_hash bytea, metadata jsonb, open_account boolean, debit text, credit text, asset_code text,
  debit_at integer, credit_at integer, claim_at integer, lots jsonb,
  burn_order burn_order
);
