import type { Anchors } from './anchored';
import { bucketAnchors } from './bucket-anchors';
import { folderAnchors } from './folder-anchors';

/** `s3://bucket/prefix`, or a folder. */
export function anchorsOf(place: string): Anchors {
  const [, bucket, prefix = ''] = /^s3:\/\/([^/]+)\/?(.*?)\/?$/.exec(place) ?? [];
  return bucket === undefined
    ? folderAnchors(place)
    : bucketAnchors(bucket, prefix === '' ? '' : `${prefix}/`);
}
