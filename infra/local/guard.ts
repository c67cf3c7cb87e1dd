import { isLoopback, jwtConfig, type Settings } from '../../lib/app/config';
import { environment } from '../../lib/base/environment';
import { type Authorizer, authorizer } from '../../lib/http/authorizer';
import { localJwtConfig } from './issuer';

/** What decides who may call: nothing, tokens of an issuer elsewhere, or tokens of `npm run token`. */
export interface Guard {
  auth: NonNullable<Settings['AUTH']>;
  authorizer?: Authorizer;
}

/** The guard that the settings ask for. Throws one line when they would leave the service open by mistake. */
export async function openGuard(settings: Settings, folder: string): Promise<Guard> {
  const { AUTH: auth } = settings;
  const setting = [environment.jwtIssuer, environment.jwtAudience, environment.jwtJwksUri].find((name) => settings[name]);
  if (setting !== undefined && auth !== 'jwt' && auth !== 'none') {
    throw new Error(`${setting} is set, but not AUTH=jwt, without which no token is checked (AUTH=none serves everybody)`);
  }
  const opened = settings.LISTEN === undefined ? environment.listenHost : environment.publishedHost;
  if (auth === undefined && !isLoopback(settings[opened] ?? '')) {
    throw new Error(`${opened} lets other machines call: set AUTH=jwt or AUTH=local, or AUTH=none to serve everybody`);
  }
  switch (auth) {
    case 'jwt':
      return { auth, authorizer: authorizer(jwtConfig(settings)) };
    case 'local':
      return { auth, authorizer: authorizer(await localJwtConfig(folder)) };
    default:
      return { auth: 'none' };
  }
}
