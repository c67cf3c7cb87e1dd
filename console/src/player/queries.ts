import type { Balance, Lot, TransactionReply } from '@game-wallet/client';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useWallet } from '../session/session';

export function useBalances(userId: string): UseQueryResult<Balance[]> {
  const wallet = useWallet();
  return useQuery({
    queryKey: ['balance', userId],
    queryFn: async () => (await wallet.balance(userId)).balances,
  });
}

export function useLots(userId: string): UseQueryResult<Lot[]> {
  const wallet = useWallet();
  return useQuery({ queryKey: ['lots', userId], queryFn: async () => (await wallet.lots(userId)).lots });
}

export function useTransaction(id: string): UseQueryResult<TransactionReply> {
  const wallet = useWallet();
  return useQuery({
    queryKey: ['transaction', id],
    queryFn: () => wallet.ledger.getTransaction(id),
    // It never changes, but for what is left of a credit; an act makes it stale.
    staleTime: 300_000,
  });
}
