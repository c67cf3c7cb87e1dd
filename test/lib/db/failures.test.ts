import { DatabaseError } from 'pg';
import { readFailure } from '../../../lib/db/failures';

const failure = (code: string, message: string) =>
  readFailure(Object.assign(new DatabaseError(message, 0, 'error'), { code, severity: 'ERROR' }));

// The words are Citus's: a conflict at the commit of another node has no SQLSTATE of its own.
test.each([
  'could not commit transaction for shard 102008 on at least one active node',
  'failure on connection marked as essential: 127.0.0.1:7002',
])('a commit that another node refused is sent again: %s', (message) => {
  const { remedy, sessionUsable, error } = failure('XX000', message);
  expect([remedy, sessionUsable, error.code]).toEqual(['contention', true, 'CONTENTION']);
});

test.each([
  ['XX000', 'tuple concurrently updated'],
  ['XX001', 'could not commit transaction for shard 102008 on at least one active node'],
])('another error of the server is final: %s %s', (code, message) => {
  expect(failure(code, message)).toMatchObject({ remedy: 'final', error: { code: 'INTERNAL' } });
});
