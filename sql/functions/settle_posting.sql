-- What is left to decide of a posting that is not plain, once it has claimed its key and moved: every rule, in the order of the error
-- catalogue, and what it owes to the transaction or hold that it is about. A refusal takes all of it back.
CREATE OR REPLACE FUNCTION public.settle_posting(
  p_transaction_id uuid, p_type text, p_debit text, p_credit text, p_asset_code text, p_amount numeric, p_stripe smallint,
  p_related_id uuid, p_allow_negative boolean
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_debit public.balances;
  v_credit public.balances;
  v_released numeric := 0;
  v_limit numeric;
BEGIN
  SELECT * INTO STRICT v_debit FROM public.balances b
  WHERE b.handle = p_debit AND b.asset_code = p_asset_code AND b.stripe = CASE WHEN p_debit LIKE '$%' THEN p_stripe ELSE 0 END;
  SELECT * INTO STRICT v_credit FROM public.balances b
  WHERE b.handle = p_credit AND b.asset_code = p_asset_code AND b.stripe = CASE WHEN p_credit LIKE '$%' THEN p_stripe ELSE 0 END;
  IF v_debit.status = 'frozen' THEN
    PERFORM public.refuse('W409F', format('account %s is frozen', p_debit));
  ELSIF v_debit.status = 'closed' OR v_credit.status = 'closed' THEN
    PERFORM public.refuse('W409C', format('account %s is closed', CASE WHEN v_debit.status = 'closed' THEN p_debit ELSE p_credit END));
  ELSIF p_type = 'TRANSFER' AND NOT (SELECT s.transferable FROM public.asset_types s WHERE s.id = v_debit.asset_type_id) THEN
    PERFORM public.refuse('W409T', format('%s cannot be transferred between users', p_asset_code));
  ELSIF scale(p_amount) > v_debit.scale THEN
    PERFORM public.refuse('W422P', format('amount %s has more than the %s decimals of %s', p_amount, v_debit.scale, p_asset_code));
  ELSIF p_debit = p_credit THEN
    PERFORM public.refuse('W422S', 'an account cannot pay itself');
  END IF;

  p_amount := round(p_amount, v_debit.scale);
  IF p_related_id IS NOT NULL THEN
    v_released := public.settle_related(p_transaction_id, p_type, p_related_id, p_amount);
  END IF;
  IF v_debit.stripe = 0 AND NOT p_allow_negative AND v_debit.balance < v_debit.held - v_released THEN
    v_released := v_released + public.release_expired_holds(v_debit.account_id, v_debit.asset_type_id);
    IF v_debit.balance < v_debit.held - v_released THEN
      PERFORM public.refuse('W422F', 'the available balance is too low', jsonb_build_object(
        'available', v_debit.balance + p_amount - (v_debit.held - v_released), 'required', p_amount));
    END IF;
  END IF;
  -- More than a client's double could hold.
  v_limit := 10::numeric ^ (15 - v_debit.scale);
  IF v_credit.stripe = 0 AND v_credit.balance >= v_limit THEN
    PERFORM public.refuse('W422B', format('the balance would reach %s, above 15 significant digits', v_credit.balance));
  ELSIF p_allow_negative AND v_debit.balance <= -v_limit THEN
    PERFORM public.refuse('W422B', format('the balance would reach %s, above 15 significant digits', v_debit.balance));
  END IF;
  IF v_released <> 0 THEN
    UPDATE public.balances b SET held = b.held - v_released
    WHERE b.account_id = v_debit.account_id AND b.asset_type_id = v_debit.asset_type_id AND b.stripe = 0;
  END IF;
END $$;
