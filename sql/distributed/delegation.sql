-- A function of one home goes whole to the node of that home, in one statement. These are all that take
-- p_home first and that the service calls, but for those that look beyond the home. A function for several
-- homes calls some of them, which must go to the node within its transaction too (force_delegation). In such
-- a function Citus takes no statement that joins rows of the home with a table that is on every node.
DO $$
DECLARE
  v_function record;
  -- What a function for several homes calls.
  v_parts text[] := ARRAY['post_transaction', 'open_account', 'post_part', 'sweep_holds', 'sweep_lots',
    'empty_account', 'erase_texts', 'record_erasure'];
BEGIN
  FOR v_function IN
    SELECT p.oid::regprocedure AS signature, p.proname = ANY (v_parts) AS is_forced
    FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND p.proargnames[1] = 'p_home'
      AND (has_function_privilege('wallet_app', p.oid, 'EXECUTE') OR p.proname = ANY (v_parts))
      AND p.proname NOT IN ('post_transfer', 'find_claim', 'erase_account')
  LOOP
    PERFORM create_distributed_function(
      v_function.signature, 'p_home', colocate_with => 'public.user_accounts',
      force_delegation => v_function.is_forced);
  END LOOP;
END $$;
