-- What each reconciliation found. discrepancies: a JSON list of {check, ...what it is about}.
CREATE TABLE reconciliation_runs (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  "full" boolean NOT NULL,
  snapshot_at timestamptz NOT NULL,
  finished_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  checked jsonb NOT NULL,
  discrepancies jsonb NOT NULL
);
GRANT SELECT ON reconciliation_runs TO wallet_reader;
