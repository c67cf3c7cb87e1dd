const { TEST_ARTEFACT, TEST_BROWSER, TEST_DISTRIBUTED, TEST_POOLER } = process.env;

/** Tests of what a ledger on several nodes does not do, and why. */
const ON_ONE_NODE = {
  'test/functions/erasure-proofs.test.ts': 'proofs: an erasure is a leaf of the tree',
  'test/functions/events.test.ts': 'events: they are refused there (several-nodes.distributed.ts)',
  'test/functions/statement.test.ts': 'totals: none are kept there (several-nodes.distributed.ts)',
  'test/functions/proofs.test.ts': 'proofs: they are refused there (several-nodes.distributed.ts)',
  'test/concurrency/events.test.ts': 'events: their order is the order of commit of one node',
  'test/lib/app/anchors.test.ts': 'proofs: a checkpoint signs the transactions in their order of commit',
  'test/lib/app/checkpoints.test.ts': 'proofs',
  'test/lib/app/logins.test.ts':
    'needs a server that asks for passwords, which a cluster on one machine need not do',
  'test/lib/app/verify.test.ts': 'proofs: verify-ledger',
  'test/lib/http/deliver.test.ts': 'events: webhooks',
  'test/lib/http/export.test.ts': 'events: files of them',
  'test/lib/contract/openapi.test.ts': 'proofs: writes the examples of every endpoint, those of proofs too',
  'test/lib/db/dump-functions.test.ts': 'makes types from a database of its own, without the ledger',
  'test/lib/db/migrate.test.ts': 'migrates plain databases, and servers of its own',
  'test/lib/app/migrator.test.ts': 'migrates plain databases',
  'test/sql/schema.test.ts': 'the generated files describe the ledger on one node',
  'test/sql/session_settings.test.ts': 'needs a server of its own, whose settings it changes',
};

/** The kinds of tests are in their files' names; npm test runs those that need Node alone. */
function testMatch() {
  if (TEST_ARTEFACT) {
    // What the handlers do, seen from outside, and what only the real runtime client shows.
    return [
      '<rootDir>/test/functions/**/*.test.ts',
      '<rootDir>/test/client/operations.test.ts',
      '<rootDir>/test/**/*.artefact.ts',
    ];
  }
  if (TEST_POOLER) {
    // What reaches the database through the pooler, and what only a pooler shows.
    return [
      '<rootDir>/test/{concurrency,functions,fuzz,lib,sql}/**/*.{test,fuzz}.ts',
      '<rootDir>/test/**/*.pooled.ts',
    ];
  }
  if (TEST_DISTRIBUTED) {
    // The ledger on several nodes, and what kills them, which nothing else can run beside.
    return TEST_DISTRIBUTED === 'kills'
      ? ['<rootDir>/test/faults/*.distributed.ts']
      : ['<rootDir>/test/{concurrency,functions,lib,sql}/**/*.{test,distributed}.ts'];
  }
  return TEST_BROWSER ? ['<rootDir>/test/**/*.browser.ts'] : ['<rootDir>/test/**/*.{test,fuzz}.ts'];
}

export default {
  testMatch: testMatch(),
  testPathIgnorePatterns: ['/node_modules/', ...(TEST_DISTRIBUTED ? Object.keys(ON_ONE_NODE) : [])],
  transform: {
    '\\.[jt]s$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
    ],
  },
  // These publish ES modules alone, and jest runs CommonJS.
  transformIgnorePatterns: ['/node_modules/(?!(@middy|uuid|jose|hyparquet|hyparquet-writer)/)'],
  globalSetup: '<rootDir>/test/support/start-postgres.ts',
  globalTeardown: '<rootDir>/test/support/stop-postgres.ts',
  modulePathIgnorePatterns: ['<rootDir>/.local', '<rootDir>/cdk.out'],
  // Several nodes on one machine share its cores with the tests.
  maxWorkers: TEST_DISTRIBUTED ? 2 : 3,
  testTimeout: TEST_DISTRIBUTED ? 300_000 : 120_000,
};
