-- The id of an EXPIRY: no key has claimed it, because no key can hold a line feed.
CREATE OR REPLACE FUNCTION public.expiry_id(
  p_home integer, p_account_id bigint, p_asset_type_id integer, p_seq bigint) RETURNS uuid
LANGUAGE sql STABLE AS $$
  SELECT public.id_of(p_home, concat_ws(chr(10), 'expiry', p_account_id, p_asset_type_id, p_seq))
$$;
