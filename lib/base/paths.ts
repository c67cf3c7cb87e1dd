/** A route's path as policies of IAM write it: `*` for each parameter. */
export function pathPattern(path: string): string {
  return path.replace(/\{\w+\}/g, '*');
}
