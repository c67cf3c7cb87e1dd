import { jwtConfig, processEnvironment, readSettings } from '../../lib/app/config';
import { authorizer } from '../../lib/http/authorizer';
import { routeList } from '../routes';

export const handler = authorizer(routeList, jwtConfig(readSettings(processEnvironment())));
