import { postingEndpoint } from '../../lib/http/posting-endpoint';
import { textOrNull } from '../../lib/ledger/chart';
import { purchase } from '../../lib/ledger/plans';
import { routes } from '../routes';

export const handler = postingEndpoint(routes['wallet/purchase'], purchase, (metadata) => ({
  item: textOrNull(metadata.itemName),
}));
