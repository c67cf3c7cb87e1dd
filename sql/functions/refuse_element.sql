-- Refuses a batch for one of its elements, as post_transaction would refuse it alone, with its index in the details.
CREATE OR REPLACE FUNCTION public.refuse_element(p_element public.batch_element, p_fault text, p_details jsonb DEFAULT '{}') RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM public.refuse(p_fault,
    format('transactions.%s: ', p_element.position) || CASE p_fault
      WHEN 'W404U' THEN format('user %s does not exist', CASE WHEN p_element.debit_id IS NULL THEN p_element.debit ELSE p_element.credit END)
      WHEN 'W404A' THEN format('asset %s does not exist', p_element.asset)
      WHEN 'W422K' THEN 'this idempotency key was used by another request'
      WHEN 'W409F' THEN format('account %s is frozen', p_element.debit)
      WHEN 'W409C' THEN format('account %s is closed', CASE WHEN p_element.debit_status = 'closed' THEN p_element.debit ELSE p_element.credit END)
      WHEN 'W409T' THEN format('%s cannot be transferred between users', p_element.asset)
      WHEN 'W422P' THEN format('amount %s has more than the %s decimals of %s', p_element.amount, p_element.scale, p_element.asset)
      WHEN 'W422S' THEN 'an account cannot pay itself'
      WHEN 'W422F' THEN 'the available balance is too low'
      WHEN 'W422B' THEN 'the balance would have more than 15 significant digits'
    END,
    p_details || jsonb_build_object('index', p_element.position));
END $$;
