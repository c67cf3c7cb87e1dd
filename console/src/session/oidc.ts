import { UserManager, WebStorageStateStore } from 'oidc-client-ts';
import { type ConsoleConfig, HERE } from './config';

type Issuer = Exclude<ConsoleConfig['signIn'], string>;

/** OpenID Connect with PKCE. What it keeps ends with the tab. */
export class Oidc {
  readonly #manager: UserManager;

  constructor({ issuer, clientId, scope }: Issuer) {
    const store = new WebStorageStateStore({ store: sessionStorage });
    this.#manager = new UserManager({
      authority: issuer,
      client_id: clientId,
      scope,
      redirect_uri: new URL('signed-in', HERE).href,
      post_logout_redirect_uri: HERE.href,
      userStore: store,
      stateStore: store,
    });
  }

  /** The token of who is signed in. It ends the sign-in when the issuer has just sent the person back. */
  async token(): Promise<string | undefined> {
    if (location.pathname === new URL('signed-in', HERE).pathname) {
      const { state } = await this.#manager.signinCallback().then((user) => user ?? { state: undefined });
      history.replaceState(null, '', typeof state === 'string' ? state : HERE.href);
    }
    const user = await this.#manager.getUser();
    return user === null || user.expired ? undefined : user.access_token;
  }

  signIn(): Promise<void> {
    return this.#manager.signinRedirect({ state: location.pathname + location.search });
  }

  async signOut(): Promise<void> {
    await this.#manager.removeUser();
  }
}
