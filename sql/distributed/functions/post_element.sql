-- On several nodes: posts one element of a batch (post_batch says what it has), and answers it as a row of
-- post_batch with its position; where the ledger refuses it, with code, message and details. What a refused
-- element did is taken back, and the batch goes on.
CREATE OR REPLACE FUNCTION public.post_element(
  p_home integer, p_group_id uuid, p_element jsonb, p_principal text) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  v_outcome jsonb := jsonb_build_object(
    'position', p_element->'position', 'transaction_id', public.id_of(p_home, p_element->>'key'),
    'replayed', false);
  v_posted jsonb;
  v_code text;
  v_message text;
  v_details text;
BEGIN
  IF p_element->>'kind' = 'TRANSFER' THEN
    SELECT to_jsonb(t) INTO v_posted FROM public.post_transfer(
      p_home, (p_element->>'to_home')::integer, p_element->>'debit', p_element->>'credit',
      p_element->>'asset_code', (p_element->>'amount')::numeric, p_element->>'key',
      decode(p_element->>'request_hash', 'hex'), p_element->'metadata', p_principal,
      nullif(p_element->'lots', 'null'), p_group_id) AS t;
  ELSE
    SELECT to_jsonb(t) INTO v_posted FROM public.post_transaction(
      p_home, p_element->>'kind', p_element->>'debit', p_element->>'credit', p_element->>'asset_code',
      (p_element->>'amount')::numeric, p_element->>'key', decode(p_element->>'request_hash', 'hex'),
      p_element->'metadata', p_principal, p_group_id,
      p_open_account => coalesce((p_element->>'open_account')::boolean, false),
      p_lots => nullif(p_element->'lots', 'null')) AS t;
  END IF;
  v_outcome := v_outcome || v_posted;
  IF p_element->>'kind' <> 'TRANSFER' AND NOT (v_posted->>'replayed')::boolean THEN
    RETURN v_outcome || jsonb_build_object('group_id', p_group_id);
  END IF;
  -- A replay tells the group that it was posted in, and a transfer the balances of its first half.
  RETURN v_outcome || (
    SELECT jsonb_build_object(
      'group_id', j.group_id, 'debit_balance', j.debit_balance, 'credit_balance', j.credit_balance)
    FROM public.journal j
    WHERE j.home = p_home AND public.claim_of(j.id) = public.claim_of((v_outcome->>'transaction_id')::uuid));
EXCEPTION WHEN SQLSTATE 'W0001' THEN
  GET STACKED DIAGNOSTICS v_code = PG_EXCEPTION_HINT, v_message = MESSAGE_TEXT,
    v_details = PG_EXCEPTION_DETAIL;
  RETURN v_outcome || jsonb_build_object(
    'code', v_code, 'message', v_message, 'details', nullif(v_details, '')::jsonb);
END $$;
