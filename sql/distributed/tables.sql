-- Lays the rows of a home on one node: every table of players' rows is distributed by home, and a home has
-- the same node in all of them. What every posting reads and nobody changes often is on every node. All
-- other tables stay on the coordinator.
DO $$
DECLARE
  v_table text;
  v_view name;
BEGIN
  -- Within a transaction over two nodes there is no serializable level: a node cannot know what the other
  -- read. The locks that every posting takes keep the promises at repeatable read as well.
  EXECUTE format(
    'ALTER ROLE wallet_app IN DATABASE %I SET default_transaction_isolation = %L', current_database(),
    'repeatable read');

  -- On several nodes a key is unique within its home: a unique index must begin with the home.
  IF NOT EXISTS (SELECT FROM pg_dist_partition WHERE logicalrelid = 'public.journal'::regclass) THEN
    -- A ledger that lay on one node has views, and Citus sees a circle between them, functions and types. All
    -- views are made again after this.
    FOR v_view IN
      SELECT c.relname FROM pg_class c
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'v'
        AND c.relowner = 'wallet_owner'::regrole
    LOOP
      EXECUTE format('DROP VIEW IF EXISTS public.%I CASCADE', v_view);
    END LOOP;
    -- The other nodes get a type with the first table that has a column of it, unless the column is an array.
    -- So one table has a column of each element.
    EXECUTE format('CREATE TABLE public.elements (home integer, %s)', (
      SELECT string_agg(format('%I public.%I', e.typname, e.typname), ', ')
      FROM pg_type e
      WHERE e.typnamespace = 'public'::regnamespace AND EXISTS (
        SELECT FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        WHERE c.relnamespace = e.typnamespace AND c.relkind = 'r' AND a.atttypid = e.typarray)));
    PERFORM create_distributed_table('public.elements', 'home', colocate_with => 'none', shard_count => 1);
    DROP TABLE public.elements;
    DROP INDEX public.journal_claims, public.erasures_claims;
    CREATE UNIQUE INDEX journal_claims ON public.journal (home, substr(uuid_send(id), 1, 14));
    CREATE UNIQUE INDEX erasures_claims ON public.erasures (home, substr(uuid_send(id), 1, 14));
    -- A home moves to another node while postings go on, by logical replication, which must tell rows apart.
    -- Only an erasure changes rows of the journal.
    ALTER TABLE public.journal REPLICA IDENTITY FULL;
    -- Totals are added up along commit order, which is lost: a statement adds up the journal.
    TRUNCATE public.totals;
    UPDATE public.counted SET upto = '0';
  END IF;

  FOREACH v_table IN ARRAY ARRAY['asset_types', 'system_accounts', 'kinds'] LOOP
    IF NOT EXISTS (SELECT FROM pg_dist_partition WHERE logicalrelid = v_table::regclass) THEN
      PERFORM create_reference_table(v_table::regclass);
    END IF;
  END LOOP;
  FOREACH v_table IN ARRAY ARRAY['user_accounts', 'balances', 'journal', 'holds', 'erasures', 'erased_texts',
    'administrative_acts', 'changes']
  LOOP
    IF NOT EXISTS (SELECT FROM pg_dist_partition WHERE logicalrelid = v_table::regclass) THEN
      PERFORM create_distributed_table(
        v_table::regclass, 'home',
        colocate_with => CASE v_table WHEN 'user_accounts' THEN 'default' ELSE 'public.user_accounts' END);
      -- The rows that were there before stay in the coordinator's own table until this.
      PERFORM truncate_local_data_after_distributing_table(v_table::regclass);
    END IF;
  END LOOP;
  -- Citus hands the rights of a function to the other nodes, and not that everybody lost the right to call
  -- it. It hands calls on before it looks at rights, so the other nodes must refuse them.
  PERFORM run_command_on_workers(
    'ALTER DEFAULT PRIVILEGES FOR ROLE wallet_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC');
END $$;
