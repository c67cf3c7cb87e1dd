import { smokeTest } from '../../lib/app/smoke';
import type { RouteId } from '../routes';
import { harmlessEvent } from '../samples';

/** A function is named after its route: `wallet-topup` is of `wallet/topup`. */
export const handler = smokeTest((name) => harmlessEvent(name.replace('-', '/') as RouteId, 'smoke test'));
