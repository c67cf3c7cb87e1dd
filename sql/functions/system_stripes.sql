-- How many slices a system account's balance has. Chosen so that 64 connections, spread by process id, seldom meet (ARCHITECTURE.md).
-- May be raised (rows are added by put_asset when run again), never lowered.
CREATE OR REPLACE FUNCTION public.system_stripes() RETURNS smallint
LANGUAGE sql IMMUTABLE AS 'SELECT 128::smallint';
