import { type User, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import { type ConsoleConfig, HERE } from './config';

/** Seconds before its end in which a token is renewed. */
const EARLY = 60;

type Issuer = Exclude<ConsoleConfig['signIn'], string>;

/** OpenID Connect with PKCE. What it keeps ends with the tab. */
export class Oidc {
  readonly #manager: UserManager;
  #renewing: Promise<User | null> | undefined;

  constructor({ issuer, clientId, scope }: Issuer) {
    const store = new WebStorageStateStore({ store: sessionStorage });
    this.#manager = new UserManager({
      authority: issuer,
      client_id: clientId,
      scope,
      redirect_uri: new URL('signed-in', HERE).href,
      post_logout_redirect_uri: HERE.href,
      // By itself it would try a frame, which the page's policy forbids.
      automaticSilentRenew: false,
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
    const kept = await this.#manager.getUser();
    const isEnding = kept !== null && (kept.expires_in ?? EARLY) < EARLY;
    const user = isEnding && kept.refresh_token !== undefined ? await this.#renewed() : kept;
    return user === null || user.expired ? undefined : user.access_token;
  }

  /** Once, however many requests ask at one time: a refresh token may be good for one use. */
  async #renewed(): Promise<User | null> {
    this.#renewing ??= this.#manager.signinSilent();
    try {
      return await this.#renewing;
    } catch {
      return null;
    } finally {
      this.#renewing = undefined;
    }
  }

  signIn(): Promise<void> {
    return this.#manager.signinRedirect({ state: location.pathname + location.search });
  }

  async signOut(): Promise<void> {
    await this.#manager.removeUser();
  }
}
