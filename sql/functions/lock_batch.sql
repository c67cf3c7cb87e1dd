-- Locks every balance that a batch touches, in one order, making those that are missing, and frees what expired holds reserve of them.
-- One by one (LATERAL, OFFSET 0): a join would read everybody's balances when they are few, and so conflict with every posting.
CREATE OR REPLACE FUNCTION public.lock_batch(p_elements public.batch_element[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_wanted bigint;
  v_locked bigint;
  v_held boolean;
BEGIN
  LOOP
    SELECT count(*), count(locked.held), bool_or(locked.held <> 0) INTO v_wanted, v_locked, v_held
    FROM (
      SELECT DISTINCT side.handle COLLATE "C" AS handle, e.asset COLLATE "C" AS asset, side.stripe
      FROM unnest(p_elements) AS e
      CROSS JOIN LATERAL (VALUES (e.debit, e.debit_stripe), (e.credit, e.credit_stripe)) AS side(handle, stripe)
      ORDER BY handle, asset, stripe) AS side
    LEFT JOIN LATERAL (
      SELECT b.held FROM public.balances b
      WHERE b.handle = side.handle AND b.asset_code = side.asset AND b.stripe = side.stripe
      FOR NO KEY UPDATE NOWAIT) AS locked ON true;
    EXIT WHEN v_locked = v_wanted;
    INSERT INTO public.balances (account_id, asset_type_id, stripe)
    SELECT DISTINCT side.account_id, e.asset_id, side.stripe
    FROM unnest(p_elements) AS e
    CROSS JOIN LATERAL (VALUES (e.debit_id, e.debit_stripe), (e.credit_id, e.credit_stripe)) AS side(account_id, stripe)
    WHERE NOT EXISTS (
      SELECT FROM public.balances b WHERE b.account_id = side.account_id AND b.asset_type_id = e.asset_id AND b.stripe = side.stripe
      OFFSET 0)
    ON CONFLICT DO NOTHING;
  END LOOP;
  IF v_held THEN
    UPDATE public.balances b SET held = b.held - public.release_expired_holds(b.account_id, b.asset_type_id)
    WHERE b.held <> 0 AND b.stripe = 0 AND (b.account_id, b.asset_type_id) IN (SELECT e.debit_id, e.asset_id FROM unnest(p_elements) AS e);
  END IF;
END $$;
