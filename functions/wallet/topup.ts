import { postingEndpoint } from '../../lib/http/posting-endpoint';
import { postingKinds } from '../../lib/http/postings';
import { routes } from '../routes';

export const handler = postingEndpoint(routes['wallet/topup'], postingKinds.topup);
