import { jwtConfig, processEnvironment, readSettings } from '../../lib/app/config';
import { authorizer } from '../../lib/http/authorizer';

export const handler = authorizer(jwtConfig(readSettings(processEnvironment())));
