import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Where files of an export lie. */
export interface ExportTarget {
  /** Writes a file whole, in place of one that is there. */
  write(name: string, content: Uint8Array): Promise<void>;
  /** Undefined when it is not there. */
  read(name: string): Promise<Buffer | undefined>;
  /** The names of all files that are there. */
  list(): Promise<Set<string>>;
}

/** `s3://bucket/prefix`, or a folder. */
export function exportTarget(place: string): ExportTarget {
  const [, bucket, prefix = ''] = /^s3:\/\/([^/]+)\/?(.*?)\/?$/.exec(place) ?? [];
  return bucket === undefined ? folder(place) : s3Prefix(bucket, prefix);
}

function folder(place: string): ExportTarget {
  return {
    async write(name, content) {
      const file = path.join(place, name);
      try {
        await makeFolder(place);
        // Whoever reads the folder finds whole files alone.
        await writeFile(`${file}.part`, content);
        await rename(`${file}.part`, file);
      } catch (error) {
        throw new Error(`${place} cannot be written to: ${(error as Error).message}`);
      }
    },
    read: (name) => readFile(path.join(place, name)).catch(ignoreMissing),
    list: async () => new Set(await readdir(place).catch(ignoreMissing)),
  };
}

/** In place of Node's `recursive`, which never ends in a folder that takes none, such as /proc. */
async function makeFolder(place: string): Promise<void> {
  try {
    await mkdir(place);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const parent = path.dirname(place);
    if (code === 'ENOENT' && !existsSync(parent)) {
      await makeFolder(parent);
      await mkdir(place);
    } else if (code !== 'EEXIST') {
      throw error;
    }
  }
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
    async list() {
      const { sdk, client } = await loaded;
      const names = new Set<string>();
      const asked = { Bucket: bucket, Prefix: keyOf('') };
      for await (const { Contents = [] } of sdk.paginateListObjectsV2({ client }, asked)) {
        for (const { Key = '' } of Contents) {
          names.add(Key.slice(keyOf('').length));
        }
      }
      return names;
    },
  };
}
