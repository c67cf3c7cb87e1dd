export default {
  // npm run test:artefact: what the handlers do, seen from outside, and what only the real runtime client shows.
  testMatch: process.env.TEST_ARTEFACT
    ? ['<rootDir>/test/{functions,lib/client}/**/*.test.ts', '<rootDir>/test/**/*.artefact.ts']
    : ['<rootDir>/test/**/*.{test,fuzz}.ts'],
  transform: {
    '\\.[jt]s$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } }],
  },
  // These publish ES modules alone, and jest runs CommonJS.
  transformIgnorePatterns: ['/node_modules/(?!(@middy|uuid|jose)/)'],
  globalSetup: '<rootDir>/test/support/start-postgres.ts',
  globalTeardown: '<rootDir>/test/support/stop-postgres.ts',
  modulePathIgnorePatterns: ['<rootDir>/.local', '<rootDir>/cdk.out'],
  maxWorkers: 2,
  testTimeout: 30_000,
};
