-- What a refund puts back: of what its purchase burned, the last burned first, after what refunds before it
-- have put back. A lot that has expired meanwhile comes back with the asset's grace to live,
-- at least until the next second: before it was there it cannot have expired.
CREATE OR REPLACE FUNCTION public.returned_lots(
  p_home integer, p_purchase_id uuid, p_amount numeric, p_at timestamptz) RETURNS public.lot[]
LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_burned public.lot[];
  v_asset_id integer;
  v_grace_end timestamptz;
  v_pieces public.lot[] := '{}';
  v_piece public.lot;
  v_before numeric;
BEGIN
  SELECT ARRAY(SELECT j.lots[i] FROM generate_series(cardinality(j.lots), 1, -1) AS i), j.asset_type_id
  INTO v_burned, v_asset_id
  FROM public.journal j
  WHERE j.home = p_home AND public.claim_of(j.id) = public.claim_of(p_purchase_id);
  v_grace_end := date_trunc('second', p_at + interval '1 second' * greatest(
    (SELECT s.refund_grace_seconds FROM public.asset_types s WHERE s.id = v_asset_id), 1));
  -- One by one, because each took its own share of the cost.
  FOR v_before IN
    SELECT j.amount FROM public.journal j
    WHERE j.home = p_home AND j.related_id = p_purchase_id AND j.kind = 'REFUND'
    ORDER BY j.credit_seq
  LOOP
    v_burned := (public.take_lots(v_burned, v_before, NULL)).lots;
  END LOOP;
  FOREACH v_piece IN ARRAY (public.take_lots(v_burned, p_amount, NULL)).taken LOOP
    IF v_piece.expires_at <= p_at THEN
      v_piece.was_until := v_piece.expires_at;
      v_piece.expires_at := v_grace_end;
      v_piece.id := public.lot_id(v_piece);
    END IF;
    v_pieces := v_pieces || v_piece;
  END LOOP;
  RETURN v_pieces;
END $$;
