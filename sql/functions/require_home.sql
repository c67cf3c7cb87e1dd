-- Fails loudly where a caller is wired wrongly, and gives a home that is not the player's.
CREATE OR REPLACE FUNCTION public.require_home(p_home integer, p_user_id text) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF p_home <> public.home_of(p_user_id) THEN
    RAISE EXCEPTION '% is not the home of %', p_home, p_user_id USING ERRCODE = 'invalid_parameter_value';
  END IF;
  RETURN true;
END $$;
