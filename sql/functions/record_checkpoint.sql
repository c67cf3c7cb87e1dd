-- Keeps a checkpoint, with the tiles that it made whole and the one that is not whole yet: a JSON list of
-- {level, index, root, hashes, xact, at, id}.
CREATE OR REPLACE FUNCTION public.record_checkpoint(
  p_number bigint, p_from text, p_to text, p_upto xid8, p_size bigint, p_root bytea, p_previous bytea,
  p_digest bytea, p_signed_at timestamptz, p_key_id text, p_signature bytea, p_tiles jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  v_valid boolean := public.require_transaction();
BEGIN
  INSERT INTO public.checkpoints (
    number, from_cursor, to_cursor, upto, size, root, previous, digest, signed_at, key_id, signature)
  VALUES (p_number, p_from, p_to, p_upto, p_size, p_root, p_previous, p_digest, p_signed_at, p_key_id,
    p_signature);
  INSERT INTO public.tiles (level, index, root, hashes, until_xact, until_at, until_id)
  SELECT t.level, t.index, decode(t.root, 'hex'), decode(t.hashes, 'hex'), t.xact, t.at, t.id
  FROM jsonb_to_recordset(p_tiles) AS t(
    level smallint, index bigint, root text, hashes text, xact xid8, at timestamptz, id uuid)
  ON CONFLICT (level, index) DO UPDATE SET root = excluded.root, hashes = excluded.hashes,
    until_xact = excluded.until_xact, until_at = excluded.until_at, until_id = excluded.until_id;
END $$;
GRANT EXECUTE ON FUNCTION public.record_checkpoint TO wallet_app;
