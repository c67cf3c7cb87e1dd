-- Who did what to an account or an asset, when, and why. record_act writes a row in the transaction of the act itself; no row is changed or
-- deleted afterwards. act: OPENED, RENAMED or STATUS_CHANGED of an account, CREATED or CHANGED of an asset. before: null of something new.
CREATE TABLE administrative_acts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  account_id bigint,
  asset_type_id integer,
  act text COLLATE "C" NOT NULL,
  principal text,
  reason text,
  before jsonb,
  after jsonb NOT NULL,
  CHECK ((account_id IS NULL) <> (asset_type_id IS NULL))
);
-- Serves read_acts.
CREATE INDEX administrative_acts_of_account ON administrative_acts (account_id, id) WHERE account_id IS NOT NULL;
GRANT SELECT ON administrative_acts TO wallet_reader;
