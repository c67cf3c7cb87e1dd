-- An asset. Refuses when there is none.
CREATE OR REPLACE FUNCTION public.find_asset(p_asset_code text) RETURNS public.asset_types
LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_asset public.asset_types;
BEGIN
  SELECT * INTO v_asset FROM public.asset_types s WHERE s.code = p_asset_code;
  IF NOT FOUND THEN
    PERFORM public.refuse('ASSET_NOT_FOUND', jsonb_build_object('assetCode', p_asset_code));
  END IF;
  RETURN v_asset;
END $$;
