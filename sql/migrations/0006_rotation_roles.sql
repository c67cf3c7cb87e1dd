-- A login renews its own password when it is rotated, and ALTER ROLE needs a transaction that may write. wallet_reader stays unable to write
-- anything else: it has no right to. Set for this database alone, because two installations on one server that change the role itself at one
-- time fail. Runs as whoever migrates, as 0001 does.
DO $$
BEGIN
  EXECUTE format('ALTER ROLE wallet_reader IN DATABASE %I SET default_transaction_read_only = off', current_database());
END $$;
