-- Each transaction with both of its entries, in the fields of its reply: data. Its lots are as told_lots has
-- them. account: a player's userId, or the type of a system account, whose balance is text, because it may
-- have more digits than a double holds.
CREATE OR REPLACE VIEW public.transaction_replies AS
SELECT j.id, j.home, j.created_at, j.group_id, json_build_object(
  'id', j.id, 'type', y.name, 'typeCode', j.kind, 'assetCode', s.code, 'amount', j.amount,
  'status', 'completed', 'groupId', j.group_id, 'relatedId', j.related_id,
  'idempotencyKey', j.idempotency_key, 'principal', j.principal, 'metadata', j.metadata,
  'timestamp', public.iso_time(j.created_at),
  'entries', json_build_array(
    json_build_object(
      'account', coalesce(du.handle, ds.type), 'accountType', coalesce(ds.type, 'user'),
      'entryType', 'debit', 'amount', j.amount, 'runningBalance',
      CASE WHEN ds.type IS NULL THEN to_json(j.debit_balance) ELSE to_json(j.debit_balance::text) END),
    json_build_object(
      'account', coalesce(cu.handle, cs.type), 'accountType', coalesce(cs.type, 'user'),
      'entryType', 'credit', 'amount', j.amount, 'runningBalance',
      CASE WHEN cs.type IS NULL THEN to_json(j.credit_balance) ELSE to_json(j.credit_balance::text) END)),
  'lots', public.told_lots(j.lots, j.debit_account_id, j.amount, j.credit_balance)) AS data
FROM public.journal j
JOIN public.kinds y ON y.code = j.kind
JOIN public.asset_types s ON s.id = j.asset_type_id
LEFT JOIN public.user_accounts du ON du.home = j.home AND du.id = j.debit_account_id
LEFT JOIN public.user_accounts cu ON cu.home = j.home AND cu.id = j.credit_account_id
LEFT JOIN LATERAL (SELECT substr(a.handle, 2) AS type FROM public.system_accounts a
  WHERE a.id = j.debit_account_id) AS ds ON true
LEFT JOIN LATERAL (SELECT substr(a.handle, 2) AS type FROM public.system_accounts a
  WHERE a.id = j.credit_account_id) AS cs ON true
WHERE j.debit_account_id IS NOT NULL;
REVOKE ALL ON public.transaction_replies FROM wallet_app;
