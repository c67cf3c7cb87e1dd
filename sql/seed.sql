-- The seed data, as ordinary assets, accounts and transactions; running it again replays the same keys and
-- changes nothing.
SELECT public.put_asset(code, name, 2, false, 'seed')
FROM (VALUES (1, 'GOLD_COIN', 'Gold Coins'), (2, 'DIAMOND', 'Diamonds'),
  (3, 'LOYALTY_POINT', 'Loyalty Points'))
  AS asset(ordinal, code, name)
WHERE NOT EXISTS (SELECT FROM public.asset_types t WHERE t.code = asset.code)
ORDER BY ordinal;

SELECT public.put_account(public.home_of(user_id), user_id, name, 'seed')
FROM (VALUES ('user_001', 'Player One'), ('user_002', 'Player Two')) AS account(user_id, name)
WHERE NOT EXISTS (SELECT FROM public.user_accounts a WHERE a.handle = account.user_id);

SELECT public.post_transaction(
  p_home => public.home_of(user_id), p_kind => 'TOP_UP', p_debit => '$treasury', p_credit => user_id,
  p_asset_code => asset_code, p_amount => amount, p_key => format('seed:%s:%s', user_id, asset_code),
  p_request_hash => sha256('seed'), p_metadata => '{"source": "seed"}', p_principal => 'seed')
FROM (VALUES
  ('user_001', 'GOLD_COIN', 500.00), ('user_001', 'DIAMOND', 50.00),
  ('user_002', 'LOYALTY_POINT', 250.00), ('user_002', 'GOLD_COIN', 100.00)
) AS opening(user_id, asset_code, amount);
