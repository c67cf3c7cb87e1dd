import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** What a person allowed at the issuer, until a client fetches the token. */
interface Grant {
  clientId: string;
  redirectUri: string;
  challenge: string;
  scope: string;
  nonce: string | undefined;
}

/**
 * The part of an OpenID Connect issuer that signs people in: the code flow with PKCE (RFC 7636, S256 alone).
 * Who comes is signed in as `subject`, without a question.
 */
export function signInBy(
  urlOf: () => string,
  subject: string,
  token: (claims: object) => string,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const grants = new Map<string, Grant>();
  const answer = (response: ServerResponse, status: number, body: object) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  const redeem = (form: URLSearchParams, response: ServerResponse) => {
    const grant = grants.get(form.get('code') ?? '');
    grants.delete(form.get('code') ?? '');
    const verifier = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const isRight =
      grant?.challenge === verifier &&
      grant.clientId === form.get('client_id') &&
      grant.redirectUri === form.get('redirect_uri');
    if (!isRight) {
      return answer(response, 400, { error: 'invalid_grant' });
    }
    const { scope, clientId, nonce } = grant;
    const refreshToken = randomUUID();
    grants.set(refreshToken, grant);
    return answer(response, 200, {
      access_token: token({ sub: subject, scope }),
      id_token: token({ sub: subject, aud: clientId, nonce }),
      refresh_token: refreshToken,
      token_type: 'Bearer',
      // So short that it is renewed at once.
      expires_in: 30,
      scope,
    });
  };
  /** A refresh token is good for one use. */
  const renew = (form: URLSearchParams, response: ServerResponse) => {
    const grant = grants.get(form.get('refresh_token') ?? '');
    grants.delete(form.get('refresh_token') ?? '');
    const { scope } = grant ?? {};
    return grant?.clientId === form.get('client_id')
      ? answer(response, 200, {
          access_token: token({ sub: subject, scope }),
          token_type: 'Bearer',
          expires_in: 300,
        })
      : answer(response, 400, { error: 'invalid_grant' });
  };
  return (request, response) => {
    const url = new URL(request.url ?? '/', urlOf());
    response.setHeader('access-control-allow-origin', '*');
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        answer(response, 200, {
          issuer: urlOf(),
          authorization_endpoint: `${urlOf()}/authorize`,
          token_endpoint: `${urlOf()}/token`,
          jwks_uri: `${urlOf()}/.well-known/jwks.json`,
        });
        return true;
      case '/authorize': {
        const asked = (name: string) => url.searchParams.get(name) ?? '';
        const code = randomUUID();
        const [redirectUri, method] = [asked('redirect_uri'), asked('code_challenge_method')];
        grants.set(code, {
          clientId: asked('client_id'),
          redirectUri,
          challenge: method === 'S256' ? asked('code_challenge') : '',
          scope: asked('scope'),
          nonce: url.searchParams.get('nonce') ?? undefined,
        });
        const back = new URL(redirectUri);
        back.search = new URLSearchParams({ code, state: asked('state') }).toString();
        response.writeHead(302, { location: back.href }).end();
        return true;
      }
      case '/token': {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => {
          const form = new URLSearchParams(Buffer.concat(chunks).toString());
          (form.get('grant_type') === 'refresh_token' ? renew : redeem)(form, response);
        });
        return true;
      }
      default:
        return false;
    }
  };
}
