import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { ConsoleConfig } from '../app/console';
import { signerOf } from '../app/signing';
import { WalletError } from '../base/errors';
import { COMMON_HEADERS, failure } from './replies';

export type ConsoleHandler = (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>;

/** Names of built files have a hash of their content, so a browser may keep them. */
const ASSET = /^assets\/[\w-]+(\.[\w-]+)+$/;
const TYPES: Record<string, string> = { '.css': 'text/css', '.js': 'text/javascript' };
const FOR_EVER = 'public, max-age=31536000, immutable';

/**
 * Serves the console from the folder of its build: its files, its configuration, and for every other address
 * the page, which shows what the address names.
 */
export function serveConsole(config: ConsoleConfig, folder: string): ConsoleHandler {
  const signer = signerOf(config.key);
  return async ({ path: address, requestContext: { path: whole, requestId } }) => {
    // On AWS the stage's name stands before it.
    const [, base = '', file = ''] = /^(.*?\/console)(?:\/(.*))?$/.exec(whole || address) ?? [];
    if (file === 'config.json') {
      const content = { signIn: config.signIn, publicKey: await signer.publicKey() };
      return reply('application/json', JSON.stringify(content), {});
    }
    try {
      return ASSET.test(file)
        ? reply(TYPES[path.extname(file)] ?? 'application/octet-stream', await read(folder, file), {
            'cache-control': FOR_EVER,
          })
        : page(await read(folder, 'index.html'), base, config);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        throw error;
      }
      return failure(
        requestId,
        new WalletError('ROUTE_NOT_FOUND', `the console has no ${file || 'page'}: npm run console builds it`),
      );
    }
  };
}

const read = (folder: string, file: string) => readFile(path.join(folder, file), 'utf8');

/** The page, told where it lies, with a nonce that its own styles carry. */
function page(html: string, base: string, { signIn, tokenOrigins }: ConsoleConfig): APIGatewayProxyResult {
  const nonce = randomBytes(16).toString('base64');
  const origins = typeof signIn === 'object' ? [new URL(signIn.issuer).origin, ...tokenOrigins] : [];
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    `connect-src ${["'self'", ...origins].join(' ')}`,
    "base-uri 'self'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  const text = html.replaceAll('%NONCE%', nonce).replace('%BASE%', `${base}/`);
  return reply('text/html', text, { 'content-security-policy': policy });
}

function reply(type: string, body: string, headers: Record<string, string>): APIGatewayProxyResult {
  return {
    statusCode: 200,
    headers: { ...COMMON_HEADERS, 'content-type': `${type}; charset=utf-8`, ...headers },
    body,
  };
}
