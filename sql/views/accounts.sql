-- Every account: the players', and the system's. type: `user`, or the system account's handle without its
-- `$`.
CREATE OR REPLACE VIEW public.accounts AS
SELECT a.id, a.home, a.handle, 'user' AS type, a.status, a.name, a.created_at FROM public.user_accounts a
UNION ALL
SELECT s.id, NULL, s.handle, substr(s.handle, 2), 'active', s.name, NULL FROM public.system_accounts s;
REVOKE ALL ON public.accounts FROM wallet_app;
