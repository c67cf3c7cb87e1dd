-- The chart: the system accounts, and the kinds of transactions. The migrator runs this file again when it
-- changes; npm run schema derives TypeScript's chart from its rows. A new plain kind is a row here, a schema,
-- a route and a handler.

INSERT INTO public.system_accounts (id, handle, name) VALUES
  (-1, '$treasury', 'Treasury'),
  (-2, '$revenue', 'Revenue'),
  (-3, '$bonus_pool', 'Bonus Pool'),
  (-4, '$expired', 'Expired'),
  (-5, '$adjustments', 'Adjustments'),
  (-6, '$opening', 'Opening balances'),
  (-7, '$clearing', 'Clearing')
ON CONFLICT (id) DO UPDATE SET handle = excluded.handle, name = excluded.name;

-- flows: which accounts a transaction of this kind may debit > credit; `user` is any player. A kind without
-- flows moves nothing.
-- relates_to: the kinds that its related_id may name; `*` is any. A capture's related_id names its hold.
-- passes_frozen: whether it may debit a frozen account.
-- description: how a history tells it. {amount} is "25.00 GOLD_COIN"; every other name in braces is a text of
-- the metadata, and what stands in brackets is left out where the metadata has no such text.
INSERT INTO public.kinds (id, code, name, flows, relates_to, passes_frozen, description) VALUES
  (1, 'TOP_UP', 'Wallet Top-up', '{$treasury>user}', '{}', false, 'Top-up of {amount}'),
  (2, 'BONUS', 'Bonus/Incentive', '{$bonus_pool>user}', '{}', false, 'Bonus of {amount}[: {reason}]'),
  (3, 'PURCHASE', 'In-app Purchase', '{user>$revenue}', '{HOLD}', false,
    'Purchase[ {itemName}] for {amount}'),
  (4, 'TRANSFER', 'Transfer', '{user>user,user>$clearing,$clearing>user}', '{}', false,
    'Transfer of {amount}'),
  (5, 'REFUND', 'Refund', '{$revenue>user}', '{PURCHASE}', false, 'Refund of {amount}'),
  (6, 'REVERSAL', 'Reversal', '{user>$treasury,user>$bonus_pool}', '{TOP_UP,BONUS}', false,
    'Reversal of {amount}[: {reason}]'),
  (7, 'EXCHANGE', 'Exchange', '{user>$treasury,$treasury>user}', '{}', false, 'Exchange of {amount}'),
  (8, 'ADJUSTMENT', 'Adjustment', '{user>$adjustments,$adjustments>user}', '{*}', true,
    'Adjustment of {amount}[: {reason}]'),
  (9, 'OPENING_BALANCE', 'Opening balance', '{$opening>user}', '{}', false, 'Opening balance of {amount}'),
  (10, 'HOLD', 'Hold', '{}', '{}', false, 'Hold of {amount}'),
  (11, 'EXPIRY', 'Expired', '{user>$expired}', '{}', true, 'Expiry of {amount}')
ON CONFLICT (id) DO UPDATE SET
  code = excluded.code, name = excluded.name, flows = excluded.flows, relates_to = excluded.relates_to,
  passes_frozen = excluded.passes_frozen, description = excluded.description;
