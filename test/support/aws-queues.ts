import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

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
 * EventBridge, SQS and KMS as far as PutEvents, SendMessageBatch, Encrypt and Decrypt go, over HTTP: the real
 * clients of the SDK talk to them. A queue refuses what `refuses` says, entry by entry.
 */
export interface AwsQueues {
  taken: Taken[];
  /** Entries of each request. */
  sizes: number[];
  refuses: (id: string) => boolean;
  queueUrl: string;
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
    queueUrl: '',
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
          takes(Detail) ? { EventId: 'taken' } : { ErrorCode: 'ThrottlingException', ErrorMessage: 'slow' },
        ),
      };
    },
    SendMessageBatch: ({ Entries }) => {
      queues.sizes.push(Entries.length);
      const results = Entries.map((entry: Sent) => {
        const { Id, MessageBody, MessageGroupId: group, MessageDeduplicationId: deduplicatedBy } = entry;
        const passes = takes(MessageBody, { group, deduplicatedBy });
        const md5 = createHash('md5').update(MessageBody).digest('hex');
        return { passes, Id, MessageId: Id, MD5OfMessageBody: md5, Code: 'Busy', SenderFault: false };
      });
      return {
        Successful: results.filter(({ passes }: Sent) => passes),
        Failed: results.filter(({ passes }: Sent) => !passes),
      };
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
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk);
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
