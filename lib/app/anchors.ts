import { existsSync } from 'node:fs';
import { mkdir, open, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { SignedCheckpoint } from '../base/checkpoint';

/** Where checkpoints lie outside of the database, with the public keys that verify them. */
export interface Anchors {
  /** Keeps them for good; one that is there already stays as it is. */
  keep(checkpoints: SignedCheckpoint[], publicKey: string, keyId: string): Promise<void>;
  /** All of them, by number. */
  read(): Promise<SignedCheckpoint[]>;
  /** PEM, by id. */
  readKey(keyId: string): Promise<string>;
}

/** `s3://bucket/prefix`, or a folder. */
export function anchorsOf(place: string): Anchors {
  const [, bucket, prefix = ''] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(place) ?? [];
  return bucket === undefined ? folderAnchors(place) : bucketAnchors(bucket, prefix);
}

const byNumber = (one: SignedCheckpoint, other: SignedCheckpoint) =>
  Number(BigInt(one.number) - BigInt(other.number));

/** A file of lines for each day, which are only ever added to. */
function folderAnchors(folder: string): Anchors {
  const keyFile = (keyId: string) => path.join(folder, `${keyId}.pem`);
  return {
    async keep(checkpoints, publicKey, keyId) {
      await mkdir(folder, { recursive: true });
      await writeFile(keyFile(keyId), publicKey, { flag: 'wx' }).catch(ignoreExisting);
      for (const checkpoint of checkpoints) {
        const file = await open(path.join(folder, `${checkpoint.signedAt.slice(0, 10)}.ndjson`), 'a');
        try {
          await file.write(`${JSON.stringify(checkpoint)}\n`);
          await file.datasync();
        } finally {
          await file.close();
        }
      }
    },
    async read() {
      const names = existsSync(folder) ? await readdir(folder) : [];
      const files = names.filter((name) => name.endsWith('.ndjson')).sort();
      const texts = await Promise.all(files.map((name) => readFile(path.join(folder, name), 'utf8')));
      const lines = texts.flatMap((text) => text.split('\n').filter((line) => line !== ''));
      const kept = new Map<string, SignedCheckpoint>();
      for (const checkpoint of lines.map((line): SignedCheckpoint => JSON.parse(line))) {
        // One that was kept twice, because a crash came before the database heard of it, is the same.
        kept.set(checkpoint.number, kept.get(checkpoint.number) ?? checkpoint);
      }
      return [...kept.values()].sort(byNumber);
    },
    readKey: (keyId) => readFile(keyFile(keyId), 'utf8'),
  };
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') {
    throw error;
  }
}

/** An object for each, in a bucket whose Object Lock lets nobody change or delete it. */
function bucketAnchors(bucket: string, prefix: string): Anchors {
  const s3 = async () => {
    const sdk = await import('@aws-sdk/client-s3');
    return { sdk, client: new sdk.S3Client({}) };
  };
  const put = async (key: string, body: string): Promise<void> => {
    const { sdk, client } = await s3();
    try {
      await client.send(
        new sdk.PutObjectCommand({
          Bucket: bucket,
          Key: prefix + key,
          Body: body,
          IfNoneMatch: '*',
          ChecksumAlgorithm: 'SHA256',
        }),
      );
    } catch (error) {
      // It is there already.
      if ((error as Error).name !== 'PreconditionFailed') {
        throw error;
      }
    }
  };
  const get = async (key: string): Promise<string> => {
    const { sdk, client } = await s3();
    const { Body } = await client.send(new sdk.GetObjectCommand({ Bucket: bucket, Key: key }));
    return (await Body?.transformToString()) ?? '';
  };
  return {
    async keep(checkpoints, publicKey, keyId) {
      await put(`keys/${keyId}.pem`, publicKey);
      for (const checkpoint of checkpoints) {
        await put(`checkpoints/${checkpoint.number.padStart(12, '0')}.json`, JSON.stringify(checkpoint));
      }
    },
    async read() {
      const { sdk, client } = await s3();
      const keys: string[] = [];
      const listing = { client };
      for await (const page of sdk.paginateListObjectsV2(listing, {
        Bucket: bucket,
        Prefix: `${prefix}checkpoints/`,
      })) {
        keys.push(...(page.Contents ?? []).map(({ Key }) => Key ?? ''));
      }
      const checkpoints: SignedCheckpoint[] = [];
      for (let at = 0; at < keys.length; at += 32) {
        const texts = await Promise.all(keys.slice(at, at + 32).map(get));
        checkpoints.push(...texts.map((text): SignedCheckpoint => JSON.parse(text)));
      }
      return checkpoints.sort(byNumber);
    },
    readKey: (keyId) => get(`${prefix}keys/${keyId}.pem`),
  };
}
