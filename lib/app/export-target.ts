import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Where files of an export lie. */
export interface ExportTarget {
  /** Writes a file whole, in place of one that is there. */
  write(name: string, content: Uint8Array): Promise<void>;
  /** Undefined when it is not there. */
  read(name: string): Promise<Buffer | undefined>;
}

/** `s3://bucket/prefix`, or a folder. */
export function exportTarget(place: string): ExportTarget {
  const [, bucket, prefix = ''] = /^s3:\/\/([^/]+)\/?(.*?)\/?$/.exec(place) ?? [];
  return bucket === undefined ? folder(place) : s3Prefix(bucket, prefix);
}

function folder(place: string): ExportTarget {
  return {
    async write(name, content) {
      await mkdir(place, { recursive: true });
      const file = path.join(place, name);
      // Whoever reads the folder finds whole files alone.
      await writeFile(`${file}.part`, content);
      await rename(`${file}.part`, file);
    },
    read: (name) => readFile(path.join(place, name)).catch(ignoreMissing),
  };
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') {
    throw error;
  }
}

function s3Prefix(bucket: string, prefix: string): ExportTarget {
  const keyOf = (name: string) => (prefix === '' ? name : `${prefix}/${name}`);
  // Loaded only here, as with Secrets Manager.
  const loaded = import('@aws-sdk/client-s3').then((sdk) => ({ sdk, client: new sdk.S3Client({}) }));
  return {
    async write(name, content) {
      const { sdk, client } = await loaded;
      await client.send(new sdk.PutObjectCommand({ Bucket: bucket, Key: keyOf(name), Body: content }));
    },
    async read(name) {
      const { sdk, client } = await loaded;
      try {
        const { Body } = await client.send(new sdk.GetObjectCommand({ Bucket: bucket, Key: keyOf(name) }));
        return Buffer.from((await Body?.transformToByteArray()) ?? []);
      } catch (error) {
        if ((error as Error).name === 'NoSuchKey') {
          return undefined;
        }
        throw error;
      }
    },
  };
}
