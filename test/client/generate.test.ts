import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Stops a generator that hangs. */
jest.setTimeout(120_000);

const DOCUMENT = 'generated/openapi.json';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'wallet-client-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What the generator makes of a document. */
function generated(document: string): string {
  const target = path.join(folder, 'generated.ts');
  const { status, stderr } = spawnSync(process.execPath, ['client/generate.mjs', document, target], {
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
  return readFileSync(target, 'utf8');
}

test('the generated client matches openapi.json (npm run client writes it)', () => {
  expect(generated(DOCUMENT)).toBe(readFileSync('client/src/generated.ts', 'utf8'));
});

test('a new route gets its client method, its types and its keys without a line of code', () => {
  const document = JSON.parse(readFileSync(DOCUMENT, 'utf8'));
  const { paths, components } = document;
  const statement = structuredClone(paths['/api/reports/trial-balance'].get);
  statement.responses['200'].content['text/csv'] = { schema: { type: 'string' } };
  statement.parameters = [{ in: 'query', name: 'from', required: true, schema: { type: 'string' } }];
  const erase = structuredClone(paths['/api/holds/{holdId}/capture'].post);
  paths['/api/reports/statement'] = { get: { ...statement, operationId: 'adminStatement' } };
  paths['/api/accounts/{userId}/erase'] = {
    post: { ...erase, operationId: 'adminEraseAccount', tags: ['admin'] },
  };
  components.schemas.CaptureRequest.properties.parts = {
    type: 'array',
    items: { $ref: '#/components/schemas/BatchTopup' },
  };
  const changed = path.join(folder, 'openapi.json');
  writeFileSync(changed, JSON.stringify(document));

  const source = generated(changed).replace(/\s+/g, ' ');
  expect(source).toContain('export interface ReportsStatementQuery { from: string; }');
  expect(source).toContain(
    'statement: ( query: ReportsStatementQuery, options?: CallOptions, ): Call<TrialBalanceReply>',
  );
  expect(source).toContain(
    'statementCsv: ( query: ReportsStatementQuery, options?: CallOptions, ): Call<string>',
  );
  expect(source).toContain('accept: "text/csv"');
  expect(source).toContain('erase: ( userId: string, body?: CaptureRequest, options?: CallOptions, )');
  expect(source).toMatch(
    /path: `.api.accounts.\$\{segment\(userId\)\}.erase`, body: body \?\? \{\}, keys: \["", "parts"\]/,
  );
});
