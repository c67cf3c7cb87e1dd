import type { AssetReply } from '@game-wallet/client';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { learnScales } from '../ui/amount';
import { useWallet } from './session';

/** Every asset. How amounts are shown is learned from it. */
export function useAssets(): UseQueryResult<AssetReply[]> {
  const wallet = useWallet();
  return useQuery({
    queryKey: ['assets'],
    queryFn: async () => {
      const { assets } = await wallet.assets.list();
      learnScales(assets);
      return assets;
    },
  });
}
