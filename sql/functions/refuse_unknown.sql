-- The 404 for whichever of account and asset does not exist; null: not asked about.
CREATE OR REPLACE FUNCTION public.refuse_unknown(p_handles text[], p_asset_code text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_handle text;
BEGIN
  FOREACH v_handle IN ARRAY p_handles LOOP
    IF NOT EXISTS (SELECT FROM public.accounts a WHERE a.handle = v_handle) THEN
      PERFORM public.refuse('W404U', format('user %s does not exist', v_handle));
    END IF;
  END LOOP;
  IF p_asset_code IS NOT NULL AND NOT EXISTS (SELECT FROM public.asset_types t WHERE t.code = p_asset_code) THEN
    PERFORM public.refuse('W404A', format('asset %s does not exist', p_asset_code));
  END IF;
END $$;
