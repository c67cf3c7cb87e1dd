-- The seed data, as ordinary assets, accounts and transactions; running it again replays the same keys and changes nothing.
SELECT public.put_asset(code, name, 2, false, 'seed')
FROM (VALUES (1, 'GOLD_COIN', 'Gold Coins'), (2, 'DIAMOND', 'Diamonds'), (3, 'LOYALTY_POINT', 'Loyalty Points')) AS asset(ordinal, code, name)
WHERE NOT EXISTS (SELECT FROM public.asset_types t WHERE t.code = asset.code)
ORDER BY ordinal;

SELECT public.put_account(user_id, name, 'seed') FROM (VALUES ('user_001', 'Player One'), ('user_002', 'Player Two')) AS account(user_id, name)
WHERE NOT EXISTS (SELECT FROM public.accounts a WHERE a.handle = account.user_id);

-- Ids of version 7, as the service makes them: a random one may begin lower than the time of its posting, and reconciliation since then would miss it.
SELECT public.post_transaction(
  (lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0') || '7' || substr(replace(gen_random_uuid()::text, '-', ''), 14))::uuid, 'TOP_UP', '$treasury', user_id, asset_code, amount,
  format('seed:%s:%s', user_id, asset_code), sha256('seed'), '{"source": "seed"}', 'seed')
FROM (VALUES
  ('user_001', 'GOLD_COIN', 500.00), ('user_001', 'DIAMOND', 50.00),
  ('user_002', 'LOYALTY_POINT', 250.00), ('user_002', 'GOLD_COIN', 100.00)
) AS opening(user_id, asset_code, amount);
