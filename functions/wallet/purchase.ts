import { postingEndpoint } from '../../lib/http/posting-endpoint';
import { plainKinds } from '../../lib/http/postings';
import { routes } from '../routes';

export const handler = postingEndpoint(routes['wallet/purchase'], plainKinds.purchase);
