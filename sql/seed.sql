-- The seed data, as ordinary assets, accounts and transactions; running it again replays the same keys and
-- changes nothing.
DO $$
DECLARE
  v record;
BEGIN
  FOR v IN SELECT * FROM (VALUES
    ('GOLD_COIN', 'Gold Coins'), ('DIAMOND', 'Diamonds'), ('LOYALTY_POINT', 'Loyalty Points')
  ) AS asset(code, name)
  LOOP
    IF NOT EXISTS (SELECT FROM public.asset_types t WHERE t.code = v.code) THEN
      PERFORM public.put_asset(v.code, v.name, 2, false, 'seed');
    END IF;
  END LOOP;

  FOR v IN SELECT a.*, public.home_of(a.user_id) AS home FROM (VALUES
    ('user_001', 'Player One'), ('user_002', 'Player Two')
  ) AS a(user_id, name)
  LOOP
    IF NOT EXISTS (SELECT FROM public.user_accounts a WHERE a.home = v.home AND a.handle = v.user_id) THEN
      PERFORM FROM public.put_account(v.home, v.user_id, v.name, 'seed');
    END IF;
  END LOOP;

  FOR v IN SELECT o.*, public.home_of(o.user_id) AS home FROM (VALUES
    ('user_001', 'GOLD_COIN', 500.00), ('user_001', 'DIAMOND', 50.00),
    ('user_002', 'LOYALTY_POINT', 250.00), ('user_002', 'GOLD_COIN', 100.00)
  ) AS o(user_id, asset_code, amount)
  LOOP
    PERFORM FROM public.post_transaction(
      p_home => v.home, p_kind => 'TOP_UP', p_debit => '$treasury', p_credit => v.user_id,
      p_asset_code => v.asset_code, p_amount => v.amount,
      p_key => format('seed:%s:%s', v.user_id, v.asset_code),
      p_request_hash => sha256('seed'), p_metadata => '{"source": "seed"}', p_principal => 'seed');
  END LOOP;
END $$;
