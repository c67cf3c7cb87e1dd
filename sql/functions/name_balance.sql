-- Gives a new balance what it says of its account and asset, which must exist, and at least the asset's decimals, which sums keep.
CREATE OR REPLACE FUNCTION public.name_balance() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  SELECT a.handle, a.status, s.code, s.scale INTO STRICT NEW.handle, NEW.status, NEW.asset_code, NEW.scale
  FROM public.accounts a, public.asset_types s
  WHERE a.id = NEW.account_id AND s.id = NEW.asset_type_id;
  NEW.balance := round(NEW.balance, greatest(NEW.scale, scale(NEW.balance)));
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER name_balance BEFORE INSERT ON public.balances FOR EACH ROW EXECUTE FUNCTION public.name_balance();
