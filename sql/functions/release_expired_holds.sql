-- Marks a balance's expired holds and returns their sum, which the caller, who has the balance locked, takes off its held amount.
CREATE OR REPLACE FUNCTION public.release_expired_holds(p_account_id bigint, p_asset_type_id integer) RETURNS numeric
LANGUAGE sql AS $$
  WITH expired AS (
    UPDATE public.holds h SET status = 'expired', resolved_at = clock_timestamp()
    WHERE h.account_id = p_account_id AND h.asset_type_id = p_asset_type_id AND h.status = 'active' AND h.expires_at <= clock_timestamp()
    RETURNING h.amount)
  SELECT coalesce(sum(amount), 0) FROM expired
$$;
