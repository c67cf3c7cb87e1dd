import { AuthenticationError, WalletClient } from '@game-wallet/client';
import { Loader } from '@mantine/core';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { forgetDrafts } from '../acts/draft';
import { useAssets } from './assets';
import { type ConsoleConfig, loadConfig, SERVICE } from './config';
import type { Oidc } from './oidc';
import { SignIn } from './sign-in';
import { type Claims, claimsOf, hasEnded } from './token';

/** Ends with the tab. */
const KEPT_TOKEN = 'wallet-console-token';

export interface Session {
  wallet: WalletClient;
  /** What the token says: who signed in, for what and until when. */
  claims: Claims;
  publicKey: string;
  /** Absent: nobody need sign in. */
  signOut?: () => void;
}

const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) {
    throw new Error('there is no session here');
  }
  return session;
}

export const useWallet = (): WalletClient => useSession().wallet;

interface Loaded {
  config: ConsoleConfig;
  oidc?: Oidc;
  token: string | undefined;
}

async function load(): Promise<Loaded> {
  const config = await loadConfig();
  if (typeof config.signIn === 'string') {
    return { config, token: sessionStorage.getItem(KEPT_TOKEN) ?? undefined };
  }
  const { Oidc } = await import('./oidc');
  const oidc = new Oidc(config.signIn);
  return { config, oidc, token: await oidc.token() };
}

/** Shows its children to who is signed in, and the way to sign in to others. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [loaded, setLoaded] = useState<Loaded>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    load().then(setLoaded, (error: Error) => setProblem(error.message));
  }, []);
  if (loaded === undefined) {
    return problem === undefined ? null : <SignIn problem={problem} />;
  }
  const setToken = (token: string | undefined, why?: string) => {
    if (token === undefined) {
      sessionStorage.removeItem(KEPT_TOKEN);
    } else {
      sessionStorage.setItem(KEPT_TOKEN, token);
    }
    setLoaded({ ...loaded, token });
    setProblem(why);
  };
  const { config, oidc, token } = loaded;
  if (config.signIn !== 'none' && token === undefined) {
    const ways = oidc ? { onRedirect: () => oidc.signIn() } : { onToken: setToken };
    return <SignIn problem={problem} {...ways} />;
  }
  const leave = (why?: string) => {
    // Whoever is sent away goes on where they were. Who leaves, leaves nothing to the next.
    if (why === undefined) {
      forgetDrafts();
    }
    void oidc?.signOut();
    setToken(undefined, why);
  };
  return (
    <SignedIn config={config} oidc={oidc} token={token} onLeave={leave}>
      {children}
    </SignedIn>
  );
}

interface SignedInProps extends Loaded {
  onLeave: (why?: string) => void;
  children: ReactNode;
}

function SignedIn({ config, oidc, token, onLeave, children }: SignedInProps) {
  // The issuer gives a new one before the old one ends.
  const [held, setHeld] = useState(token);
  const claims = useMemo(() => claimsOf(held), [held]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: these live as long as the sign-in.
  const [wallet, queries] = useMemo(() => {
    let last = token;
    // Asked before each attempt.
    const current = async () => {
      last = await oidc?.token();
      setHeld(last);
      return last ?? '';
    };
    const onError = (error: Error) => {
      if (error instanceof AuthenticationError) {
        onLeave(
          last === undefined || hasEnded(claimsOf(last))
            ? 'The token has expired. Sign in again. What you typed is kept.'
            : 'The service does not take this token. Sign in with another one.',
        );
      }
    };
    const client = new QueryClient({
      queryCache: new QueryCache({ onError }),
      mutationCache: new MutationCache({ onError }),
      // The client of the service sends again what may be sent again.
      defaultOptions: { queries: { retry: false, staleTime: 5_000 } },
    });
    return [new WalletClient({ baseUrl: SERVICE, token: oidc ? current : token }), client] as const;
  }, [config, oidc, token]);
  const session = {
    wallet,
    claims,
    publicKey: config.publicKey,
    ...(config.signIn !== 'none' && { signOut: () => onLeave() }),
  };
  return (
    <SessionContext value={session}>
      <QueryClientProvider client={queries}>
        <Admitted>{children}</Admitted>
      </QueryClientProvider>
    </SessionContext>
  );
}

/** The first question shows at once whether the service takes the token. */
function Admitted({ children }: { children: ReactNode }) {
  return useAssets().isPending ? <Loader aria-label="Loading" m="md" /> : children;
}
