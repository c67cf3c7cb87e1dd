-- The elements of a batch, numbered from 0, with their accounts and assets.
CREATE OR REPLACE FUNCTION public.resolve_batch(p_elements jsonb) RETURNS public.batch_element[]
LANGUAGE plpgsql AS $$
DECLARE
  v_stripe smallint := public.own_stripe();
BEGIN
  RETURN (
    SELECT array_agg(ROW(
      e.position - 1, e.id, e.type, e.debit, e.credit, e.asset, round(e.amount, greatest(s.scale, scale(e.amount))), e.key, decode(e.hash, 'hex'), e.metadata,
      s.id, s.scale, s.transferable,
      d.id, d.type = 'user', d.status, CASE WHEN d.type = 'user' THEN 0 ELSE v_stripe END,
      c.id, c.type = 'user', c.status, CASE WHEN c.type = 'user' THEN 0 ELSE v_stripe END)::public.batch_element ORDER BY e.position)
    FROM ROWS FROM (jsonb_to_recordset(p_elements) AS (
      id uuid, type text, debit text, credit text, asset text, amount numeric, key text, hash text, metadata jsonb)) WITH ORDINALITY
      AS e(id, type, debit, credit, asset, amount, key, hash, metadata, position)
    LEFT JOIN public.asset_types s ON s.code = e.asset
    LEFT JOIN public.accounts d ON d.handle = e.debit
    LEFT JOIN public.accounts c ON c.handle = e.credit);
END $$;
