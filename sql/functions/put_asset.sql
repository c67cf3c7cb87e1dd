-- Makes an asset with its system accounts' stripes, or changes its name and transferability. Its scale is fixed once created (W409S).
CREATE OR REPLACE FUNCTION public.put_asset(
  p_code text, p_name text, p_scale integer, p_transferable boolean,
  OUT code text, OUT name text, OUT scale integer, OUT transferable boolean, OUT created boolean
) LANGUAGE plpgsql SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
  v_id integer;
BEGIN
  PERFORM public.require_serializable();
  INSERT INTO public.asset_types AS t (code, name, scale, transferable) VALUES (p_code, p_name, p_scale, p_transferable)
  ON CONFLICT (code) DO NOTHING
  RETURNING t.id INTO v_id;
  created := FOUND;
  IF NOT created THEN
    SELECT t.id, t.scale INTO v_id, scale FROM public.asset_types t WHERE t.code = p_code FOR UPDATE NOWAIT;
    IF scale <> p_scale THEN
      PERFORM public.refuse('W409S', format('the scale of %s is %s and cannot change', p_code, scale));
    END IF;
    UPDATE public.asset_types t SET name = p_name, transferable = p_transferable WHERE t.id = v_id;
  END IF;
  INSERT INTO public.balances (account_id, asset_type_id, stripe)
  SELECT a.id, v_id, s.stripe FROM public.accounts a, generate_series(1, public.system_stripes()) AS s(stripe) WHERE a.type <> 'user'
  ON CONFLICT DO NOTHING;
  code := p_code;
  name := p_name;
  scale := p_scale;
  transferable := p_transferable;
END $$;
GRANT EXECUTE ON FUNCTION public.put_asset TO wallet_app;
