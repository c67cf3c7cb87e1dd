import { isLoopback, jwtConfig, type Settings } from '../../lib/app/config';
import { environment } from '../../lib/base/environment';
import { type Authorizer, authorizer } from '../../lib/http/authorizer';
import { localJwtConfig } from './issuer';

/** What decides who may call: nothing, tokens of an issuer elsewhere, or tokens of `npm run token`. */
export interface Guard {
  auth: NonNullable<Settings['AUTH']>;
  authorizer?: Authorizer;
}

/** Throws one line when the settings would leave the service open by mistake. */
export function checkGuard(settings: Settings): void {
  const { AUTH: auth } = settings;
  const setting = [environment.jwtIssuer, environment.jwtAudience, environment.jwtJwksUri].find(
    (name) => settings[name],
  );
  if (setting !== undefined && auth !== 'jwt' && auth !== 'none') {
    throw new Error(
      `${setting} is set, but not AUTH=jwt, without which no token is checked (AUTH=none serves everybody)`,
    );
  }
  const opened = settings.LISTEN === undefined ? environment.listenHost : environment.publishedHost;
  if (auth === undefined && !isLoopback(settings[opened] ?? '')) {
    throw new Error(
      `${opened} lets other machines call: set AUTH=jwt or AUTH=local, or AUTH=none to serve everybody`,
    );
  }
  if (auth === 'jwt') {
    jwtConfig(settings);
  }
}

/** The guard that the settings ask for. The keys of AUTH=local lie in `folder`. */
export async function openGuard(settings: Settings, folder: string): Promise<Guard> {
  checkGuard(settings);
  switch (settings.AUTH) {
    case 'jwt':
      return { auth: 'jwt', authorizer: authorizer(jwtConfig(settings)) };
    case 'local':
      return { auth: 'local', authorizer: authorizer(await localJwtConfig(folder)) };
    default:
      return { auth: 'none' };
  }
}
