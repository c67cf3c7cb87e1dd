-- Locks every balance that a batch touches, in one order, making those that are missing, and frees what expired holds reserve of them.
CREATE OR REPLACE FUNCTION public.lock_batch(p_elements public.batch_element[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_held boolean;
BEGIN
  INSERT INTO public.balances (account_id, asset_type_id, stripe)
  SELECT DISTINCT side.account_id, e.asset_id, side.stripe
  FROM unnest(p_elements) AS e
  CROSS JOIN LATERAL (VALUES (e.debit_id, e.debit_stripe), (e.credit_id, e.credit_stripe)) AS side(account_id, stripe)
  WHERE NOT EXISTS (
    SELECT FROM public.balances b WHERE b.account_id = side.account_id AND b.asset_type_id = e.asset_id AND b.stripe = side.stripe)
  ON CONFLICT DO NOTHING;

  SELECT bool_or(locked.held <> 0) INTO v_held FROM (
    SELECT b.held FROM public.balances b
    WHERE (b.account_id, b.asset_type_id, b.stripe) IN (
      SELECT e.debit_id, e.asset_id, e.debit_stripe FROM unnest(p_elements) AS e
      UNION ALL SELECT e.credit_id, e.asset_id, e.credit_stripe FROM unnest(p_elements) AS e)
    ORDER BY b.handle, b.asset_code, b.stripe
    FOR NO KEY UPDATE NOWAIT) AS locked;
  IF v_held THEN
    UPDATE public.balances b SET held = b.held - public.release_expired_holds(b.account_id, b.asset_type_id)
    WHERE b.held <> 0 AND b.stripe = 0 AND (b.account_id, b.asset_type_id) IN (SELECT e.debit_id, e.asset_id FROM unnest(p_elements) AS e);
  END IF;
END $$;
