import { validate } from 'uuid';

export function isUuid(text: string): boolean {
  return validate(text);
}
