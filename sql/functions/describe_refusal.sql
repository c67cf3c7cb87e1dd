-- What a caller is told of a refusal: each message once, and those facts about it that its details name.
CREATE OR REPLACE FUNCTION public.describe_refusal(
  p_refusal public.refusal, OUT message text, OUT details jsonb)
LANGUAGE plpgsql STABLE AS $$
DECLARE
  v jsonb := p_refusal.about;
BEGIN
  message := CASE p_refusal.fault
    WHEN 'VALIDATION_ERROR' THEN format('%s %s', v->>'path', v->>'rule')
    WHEN 'USER_NOT_FOUND' THEN format('user %s does not exist', v->>'userId')
    WHEN 'ASSET_NOT_FOUND' THEN format('asset %s does not exist', v->>'assetCode')
    WHEN 'TRANSACTION_NOT_FOUND' THEN format('transaction %s does not exist', v->>'id')
    WHEN 'GROUP_NOT_FOUND' THEN format('group %s does not exist', v->>'id')
    WHEN 'HOLD_NOT_FOUND' THEN format('hold %s does not exist', v->>'id')
    WHEN 'SUBSCRIBER_NOT_FOUND' THEN format('subscriber %s does not exist', v->>'name')
    WHEN 'PROOF_PENDING' THEN format('transaction %s is in no checkpoint yet', v->>'id')
    WHEN 'NOT_ON_SEVERAL_NODES' THEN
      format('%s need one commit order, and a ledger on several nodes has one on each', v->>'what')
    WHEN 'IDEMPOTENCY_KEY_REUSED' THEN 'this idempotency key was used by another request'
    WHEN 'ACCOUNT_FROZEN' THEN format('account %s is frozen', v->>'userId')
    WHEN 'ACCOUNT_CLOSED' THEN format('account %s is closed', v->>'userId')
    WHEN 'ACCOUNT_NOT_EMPTY' THEN format('account %s has a balance that is not zero', v->>'userId')
    WHEN 'ASSET_SCALE_FIXED' THEN
      format('the scale of %s is %s and cannot change', v->>'assetCode', v->>'scale')
    WHEN 'ASSET_LOTS_FIXED' THEN
      format('%s was created %s lots, and that cannot change', v->>'assetCode', v->>'created')
    WHEN 'ASSET_WITHOUT_LOTS' THEN format('%s keeps no lots', v->>'assetCode')
    WHEN 'ASSET_NOT_TRANSFERABLE' THEN format('%s cannot be transferred between users', v->>'assetCode')
    WHEN 'AMOUNT_PRECISION' THEN
      format('amount %s has more than the %s decimals of %s', v->>'required', v->>'scale', v->>'assetCode')
    WHEN 'SAME_ACCOUNT' THEN 'an account cannot pay itself'
    WHEN 'PAID_CREDITS_DO_NOT_EXPIRE' THEN 'paid credits of this asset do not expire'
    WHEN 'NOT_REFUNDABLE' THEN 'only a purchase can be refunded'
    WHEN 'NOT_REVERSIBLE' THEN 'only a top-up or a bonus can be reversed'
    WHEN 'ALREADY_REVERSED' THEN 'this transaction was reversed before'
    WHEN 'REFUND_EXCEEDS_ORIGINAL' THEN 'together this would exceed the original transaction'
    WHEN 'HOLD_CAPTURED' THEN 'the hold was captured'
    WHEN 'HOLD_VOIDED' THEN 'the hold was voided'
    WHEN 'HOLD_EXPIRED' THEN 'the hold has expired'
    WHEN 'CAPTURE_EXCEEDS_HOLD' THEN format('the hold is of %s', v->>'held')
    WHEN 'INSUFFICIENT_FUNDS' THEN 'the available balance is too low'
    WHEN 'BALANCE_LIMIT_EXCEEDED' THEN 'the balance would have more than 15 significant digits'
    WHEN 'TOO_MANY_LOTS' THEN 'the balance would have more than 256 lots'
  END;
  details := CASE p_refusal.fault WHEN 'VALIDATION_ERROR'
    THEN jsonb_build_array(jsonb_build_object('path', v->'path', 'message', v->'rule'))
  ELSE (
    SELECT jsonb_object_agg(name, v->name) FROM unnest(CASE p_refusal.fault
      WHEN 'REFUND_EXCEEDS_ORIGINAL' THEN ARRAY['refundable', 'required']
      WHEN 'CAPTURE_EXCEEDS_HOLD' THEN ARRAY['held', 'required']
      WHEN 'INSUFFICIENT_FUNDS' THEN ARRAY['available', 'required']
    END) AS name) END;
END $$;
