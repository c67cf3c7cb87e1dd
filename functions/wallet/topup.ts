import { postingEndpoint } from '../../lib/http/posting-endpoint';
import { topup } from '../../lib/ledger/plans';
import { routes } from '../routes';

export const handler = postingEndpoint(routes['wallet/topup'], topup);
