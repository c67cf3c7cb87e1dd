import { postingEndpoint } from '../../lib/http/posting-endpoint';
import { textOrNull } from '../../lib/ledger/chart';
import { bonus } from '../../lib/ledger/plans';
import { routes } from '../routes';

export const handler = postingEndpoint(routes['wallet/bonus'], bonus, (metadata) => ({ reason: textOrNull(metadata.reason) }));
