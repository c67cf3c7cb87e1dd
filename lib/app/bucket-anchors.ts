import { parseCheckpoint, placeOf, type SignedCheckpoint } from '../base/checkpoint';
import { type Anchors, expectSame, inOrder } from './anchored';

/** Objects that are read at a time. */
const READ_AT_ONCE = 32;

/** The oldest version of an object, and how many versions and delete markers its key has. */
interface Listed {
  versionId: string | undefined;
  count: number;
}

/**
 * An object for each checkpoint and each public key. Object Lock lets nobody change or delete a version, but
 * anybody with the right to put may lay a newer one over it, or a delete marker: so the oldest counts, and a
 * key that has more is told.
 */
export function bucketAnchors(bucket: string, prefix: string): Anchors {
  const storage = openStorage(bucket);
  const keyOf = (checkpoint: SignedCheckpoint) => `${prefix}checkpoints/${placeOf(checkpoint)}.json`;
  return {
    keepKey: async (keyId, publicKey) => {
      await storage.put(`${prefix}keys/${keyId}.pem`, publicKey);
    },
    async keep(checkpoints) {
      for (const checkpoint of checkpoints) {
        const key = keyOf(checkpoint);
        if (!(await storage.put(key, JSON.stringify(checkpoint)))) {
          expectSame(parseCheckpoint(await storage.get(key)), checkpoint);
        }
      }
    },
    async read() {
      const listed = [...(await storage.list(prefix))];
      const faults = listed.flatMap(([key, { count }]) =>
        count > 1 ? [`${key} has ${count} versions: somebody laid others over the first`] : [],
      );
      const objects = listed.filter(([key]) => key.startsWith(`${prefix}checkpoints/`));
      const checkpoints: SignedCheckpoint[] = [];
      for (let at = 0; at < objects.length; at += READ_AT_ONCE) {
        const some = objects.slice(at, at + READ_AT_ONCE);
        const texts = await Promise.all(some.map(([key, { versionId }]) => storage.get(key, versionId)));
        for (const [index, text] of texts.entries()) {
          const [key] = some[index] ?? [''];
          const checkpoint = parseCheckpoint(text);
          if (checkpoint !== undefined && keyOf(checkpoint) === key) {
            checkpoints.push(checkpoint);
          } else {
            faults.push(`${key} is not the checkpoint of that name`);
          }
        }
      }
      return inOrder(checkpoints, faults);
    },
    async readKey(keyId) {
      const key = `${prefix}keys/${keyId}.pem`;
      const first = (await storage.list(key)).get(key);
      return first && storage.get(key, first.versionId);
    },
  };
}

/** A bucket of S3. The SDK is loaded by the first call, since few functions need it. */
function openStorage(bucket: string) {
  const load = async () => {
    const sdk = await import('@aws-sdk/client-s3');
    return { sdk, client: new sdk.S3Client({}) };
  };
  let loaded: ReturnType<typeof load> | undefined;
  const s3 = () => {
    loaded ??= load();
    return loaded;
  };
  return {
    /** Whether it was put: an object that is there already stays. */
    async put(key: string, body: string): Promise<boolean> {
      const { sdk, client } = await s3();
      const object = { Bucket: bucket, Key: key, Body: body, ChecksumAlgorithm: 'SHA256' as const };
      try {
        await client.send(new sdk.PutObjectCommand({ ...object, IfNoneMatch: '*' }));
        return true;
      } catch (error) {
        if ((error as Error).name !== 'PreconditionFailed') {
          throw error;
        }
        return false;
      }
    },
    /** Empty where the version is a delete marker. */
    async get(key: string, versionId?: string): Promise<string> {
      const { sdk, client } = await s3();
      const object = { Bucket: bucket, Key: key, ...(versionId && { VersionId: versionId }) };
      const { Body } = await client.send(new sdk.GetObjectCommand(object));
      return (await Body?.transformToString()) ?? '';
    },
    /** By key. S3 lists the versions of a key from the newest to the oldest. */
    async list(prefix: string): Promise<Map<string, Listed>> {
      const { sdk, client } = await s3();
      const listed = new Map<string, Listed>();
      const take = (key = '', versionId?: string) => {
        const known = listed.get(key);
        listed.set(key, { versionId: versionId ?? known?.versionId, count: (known?.count ?? 0) + 1 });
      };
      for (let next = {}, isAll = false; !isAll; ) {
        const page = await client.send(
          new sdk.ListObjectVersionsCommand({ Bucket: bucket, Prefix: prefix, ...next }),
        );
        for (const { Key, VersionId } of page.Versions ?? []) {
          take(Key, VersionId);
        }
        for (const { Key } of page.DeleteMarkers ?? []) {
          take(Key);
        }
        next = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
        isAll = !page.IsTruncated;
      }
      return listed;
    },
  };
}
