import { execFileSync } from 'node:child_process';
import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A message that EventBridge, or a queue of SQS, has taken. */
export interface Taken {
  id: string;
  subject: string | undefined;
  sequence: string;
  /** Of a queue: the group and the id by which it deduplicates. */
  group?: string;
  deduplicatedBy?: string;
}

/**
 * EventBridge, SQS, KMS and S3 as far as the service calls them, over HTTP: the real clients of the SDK talk
 * to them. A queue refuses what `refuses` says, entry by entry. S3 keeps every version, as Object Lock has it.
 */
export interface AwsQueues {
  taken: Taken[];
  /** Entries of each request. */
  sizes: number[];
  refuses: (id: string) => boolean;
  /** The code with which it does. */
  refusal: string;
  queueUrl: string;
  /** Of S3, by key: its versions from the oldest on. null is a delete marker. */
  objects: Map<string, (string | null)[]>;
  /** What an SDK is told in its environment. */
  environment: Record<string, string>;
  close(): void;
}

// biome-ignore lint/suspicious/noExplicitAny: whatever the SDK sends.
type Sent = Record<string, any>;

export async function startAwsQueues(): Promise<AwsQueues> {
  const queues: AwsQueues = {
    taken: [],
    sizes: [],
    refuses: () => false,
    refusal: 'ThrottlingException',
    queueUrl: '',
    objects: new Map(),
    environment: {},
    close: () => server.close(),
  };
  const takes = (body: string, more: object = {}): boolean => {
    const { id, subject, sequence } = JSON.parse(body);
    const passes = !queues.refuses(id);
    if (passes) {
      queues.taken.push({ id, subject, sequence, ...more });
    }
    return passes;
  };
  const actions: Record<string, (sent: Sent) => object> = {
    PutEvents: ({ Entries }) => {
      queues.sizes.push(Entries.length);
      return {
        Entries: Entries.map(({ Detail }: Sent) =>
          takes(Detail) ? { EventId: 'taken' } : { ErrorCode: queues.refusal, ErrorMessage: 'slow' },
        ),
      };
    },
    SendMessageBatch: ({ Entries }) => {
      queues.sizes.push(Entries.length);
      const results = Entries.map((entry: Sent) => {
        const { Id, MessageBody, MessageGroupId: group, MessageDeduplicationId: deduplicatedBy } = entry;
        const passes = takes(MessageBody, { group, deduplicatedBy });
        const md5 = createHash('md5').update(MessageBody).digest('hex');
        return { passes, Id, MessageId: Id, MD5OfMessageBody: md5, Code: queues.refusal, SenderFault: false };
      });
      return {
        Successful: results.filter(({ passes }: Sent) => passes),
        Failed: results.filter(({ passes }: Sent) => !passes),
      };
    },
    GetPublicKey: () => ({
      PublicKey: signing.publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    }),
    Sign: ({ Message, MessageType, SigningAlgorithm }) => {
      expect([MessageType, SigningAlgorithm]).toEqual(['DIGEST', 'ECDSA_SHA_256']);
      return { Signature: signDigest(signing.privateKey, Buffer.from(Message, 'base64')).toString('base64') };
    },
    Encrypt: ({ Plaintext, EncryptionContext }) => ({
      CiphertextBlob: Buffer.from(JSON.stringify({ Plaintext, EncryptionContext })).toString('base64'),
    }),
    Decrypt: ({ CiphertextBlob, EncryptionContext }) => {
      const sealed = JSON.parse(Buffer.from(CiphertextBlob, 'base64').toString());
      if (sealed.EncryptionContext.about !== EncryptionContext.about) {
        throw new Error('another context');
      }
      return { Plaintext: sealed.Plaintext };
    },
  };
  const signing = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    if (request.headers['x-amz-target'] === undefined) {
      storeObject(queues.objects, request, Buffer.concat(chunks).toString(), response);
      return;
    }
    const action = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end(JSON.stringify(actions[action]?.(JSON.parse(Buffer.concat(chunks).toString()))));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  queues.queueUrl = `${endpoint}/123456789012/events.fifo`;
  queues.environment = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
  return queues;
}

/** As KMS signs a digest that was made before, which no call of Node's does: openssl. */
function signDigest(key: KeyObject, digest: Buffer): Buffer {
  const folder = mkdtempSync(path.join(tmpdir(), 'game-wallet-kms-'));
  const file = path.join(folder, 'key.pem');
  writeFileSync(file, key.export({ type: 'pkcs8', format: 'pem' }));
  const signature = execFileSync('openssl', ['pkeyutl', '-sign', '-inkey', file], { input: digest });
  rmSync(folder, { recursive: true });
  return signature;
}

/** Versions that one page of a listing has at most. */
const PAGE_VERSIONS = 2;

/** PutObject with If-None-Match, both listings and GetObject, by path: /bucket/key. */
function storeObject(
  objects: AwsQueues['objects'],
  { method, url = '', headers }: IncomingMessage,
  body: string,
  response: ServerResponse,
): void {
  const { pathname, searchParams } = new URL(url, 'http://s3');
  const name = decodeURIComponent(pathname).split('/').slice(2).join('/');
  const versions = objects.get(name) ?? [];
  if (method === 'PUT' && typeof versions.at(-1) === 'string' && headers['if-none-match'] === '*') {
    response.writeHead(412).end('<Error><Code>PreconditionFailed</Code></Error>');
  } else if (method === 'PUT') {
    objects.set(name, [...versions, body]);
    response.end();
  } else if (searchParams.has('versions')) {
    response.setHeader('content-type', 'application/xml');
    response.end(listVersions(objects, searchParams));
  } else if (searchParams.has('list-type')) {
    const keys = [...objects.keys()].filter((key) => key.startsWith(searchParams.get('prefix') ?? ''));
    const contents = keys.map((key) => `<Contents><Key>${key}</Key></Contents>`).join('');
    response.setHeader('content-type', 'application/xml');
    response.end(`<ListBucketResult><IsTruncated>false</IsTruncated>${contents}</ListBucketResult>`);
  } else if (versions.length === 0) {
    response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>');
  } else {
    response.end(versions.at(Number(searchParams.get('versionId') ?? -1)));
  }
}

/** By key, and of a key from the newest to the oldest, page by page. */
function listVersions(objects: AwsQueues['objects'], asked: URLSearchParams): string {
  const all = [...objects]
    .filter(([key]) => key.startsWith(asked.get('prefix') ?? ''))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([key, versions]) => versions.map((body, id) => ({ key, id: String(id), body })).reverse());
  const last = all.findIndex(
    ({ key, id }) => key === asked.get('key-marker') && id === asked.get('version-id-marker'),
  );
  const page = all.slice(last + 1, last + 1 + PAGE_VERSIONS);
  const end = page.at(-1);
  const told = page.map(({ key, id, body }) => {
    const name = body === null ? 'DeleteMarker' : 'Version';
    return `<${name}><Key>${key}</Key><VersionId>${id}</VersionId></${name}>`;
  });
  const next = `<NextKeyMarker>${end?.key}</NextKeyMarker><NextVersionIdMarker>${end?.id}</NextVersionIdMarker>`;
  const isTruncated = end !== undefined && end !== all.at(-1);
  return `<ListVersionsResult><IsTruncated>${isTruncated}</IsTruncated>${isTruncated ? next : ''}${told.join('')}</ListVersionsResult>`;
}
