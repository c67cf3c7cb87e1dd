-- What an erased account is called in place of its userId: `erased:` and its id, whose first digits are its home.
-- Nobody can open an account of such a name (lib/contract/common.ts).
CREATE OR REPLACE FUNCTION public.erased_handle(p_account_id bigint) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT 'erased:' || lpad(to_hex(p_account_id), 16, '0')
$$;
