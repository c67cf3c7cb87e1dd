import { jwtConfig, lambdaConfig, migratorConfig, readSettings, tlsFor } from '../../../lib/app/config';

const lambda = { DB_HOST: 'proxy.example', DB_SECRET_ARN: 'arn:writer' };

test('defaults are those of the contract', () => {
  expect(readSettings({})).toMatchObject({
    PORT: 3000,
    CORS_ORIGIN: '*',
    LOG_LEVEL: 'info',
    DB_NAME: 'wallet',
  });
});

test.each([
  [{ DB_HOSTT: 'x' }, 'DB_HOSTT is not a setting of this service (see .env.example)'],
  [{ PORT: 'abc' }, 'PORT must be a port number'],
  [{ PORT: '70000' }, 'PORT must be a port number'],
  [
    { DB_NAME: 'My-Game' },
    'DB_NAME must be of lower-case letters, digits and _, because its roles are named after it',
  ],
  [
    { DATABASE_URL: 'postgres://me@localhost/my-game' },
    'DATABASE_URL names a database that must be of lower-case letters, digits and _, because its roles are named after it',
  ],
  [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL must look like postgres://user:password@host:5432/database'],
  [{ RATE_LIMIT_PER_MINUTE: '-1' }, 'RATE_LIMIT_PER_MINUTE must be a whole number from 0 to 1000000'],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be error, warn, info, http or debug'],
  [{ DB_SSL: 'maybe' }, 'DB_SSL must be verify or disable'],
  [{ AUTH: 'maybe' }, 'AUTH must be none, jwt or local'],
  [{ JWT_ISSUER: 'http://plain.example' }, 'JWT_ISSUER must be an https URL'],
  [{ JWT_AUDIENC: 'x' }, 'JWT_AUDIENC is not a setting of this service (see .env.example)'],
])('a malformed setting gives an error of one line that names it: %j', (env, message) => {
  expect(() => readSettings(env)).toThrow(new Error(message));
});

test('an empty variable counts as absent', () => {
  expect(readSettings({ PORT: '', DB_HOST: '' })).toMatchObject({ PORT: 3000 });
});

test('a Lambda function has one connection and keeps it, logs in by its secret and sends no prepared statements', () => {
  expect(lambdaConfig(lambda).database).toMatchObject({
    poolMin: 1,
    poolMax: 1,
    preparedStatements: false,
    writer: { secretArn: 'arn:writer' },
  });
});

test('the reader uses its own login, or the writer’s if it has none', () => {
  expect(lambdaConfig({ ...lambda, DB_READER_SECRET_ARN: 'arn:reader' }).database.reader).toEqual({
    secretArn: 'arn:reader',
  });
  expect(lambdaConfig(lambda).database.reader).toEqual({ secretArn: 'arn:writer' });
  expect(lambdaConfig({ DB_HOST: 'h', DB_USER: 'u', DB_PASSWORD: 'p' }).database.writer).toEqual({
    user: 'u',
    password: 'p',
  });
});

test('a Lambda function without database or login does not start', () => {
  expect(() => lambdaConfig({})).toThrow('DB_HOST must be set');
  expect(() => lambdaConfig({ DB_HOST: 'h' })).toThrow(
    'DB_SECRET_ARN, or DB_USER and DB_PASSWORD, must be set',
  );
});

test('TLS is verified unless the database is on this machine or a setting says otherwise', () => {
  for (const host of ['localhost', '127.0.0.1', '127.1.2.3', '::1', '/var/run/postgresql']) {
    expect([host, tlsFor(host, { DB_SSL: undefined, DB_CA_FILE: undefined })]).toEqual([host, false]);
  }
  expect(tlsFor('db.example', { DB_SSL: undefined, DB_CA_FILE: undefined })).toEqual({ ca: undefined });
  expect(tlsFor('db.example', { DB_SSL: 'disable', DB_CA_FILE: undefined })).toBe(false);
  expect(tlsFor('localhost', { DB_SSL: 'verify', DB_CA_FILE: 'package.json' })).toEqual({
    ca: expect.stringContaining('game-wallet'),
  });
});

test('tokens need an issuer and an audience; several audiences are a list', () => {
  expect(() => jwtConfig(readSettings({}))).toThrow('JWT_ISSUER must be set');
  expect(() => jwtConfig(readSettings({ JWT_ISSUER: 'https://issuer.example' }))).toThrow(
    'JWT_AUDIENCE must be set',
  );
  expect(jwtConfig(readSettings({ JWT_ISSUER: 'https://issuer.example', JWT_AUDIENCE: 'one, two' }))).toEqual(
    {
      issuer: 'https://issuer.example',
      audiences: ['one', 'two'],
      jwksUri: undefined,
    },
  );
});

test('the migrator needs the owner’s secret and those of both logins', () => {
  const env = {
    DB_HOST: 'cluster',
    DB_OWNER_SECRET_ARN: 'arn:owner',
    DB_SECRET_ARN: 'arn:writer',
    DB_READER_SECRET_ARN: 'arn:reader',
  };
  expect(migratorConfig(env)).toMatchObject({
    host: 'cluster',
    tls: {},
    owner: { secretArn: 'arn:owner' },
    logins: [{ secretArn: 'arn:writer' }, { secretArn: 'arn:reader' }],
  });
  for (const name of Object.keys(env)) {
    expect(() => migratorConfig({ ...env, [name]: undefined })).toThrow(`${name} must be set`);
  }
});

test('on Lambda a page of another origin may read replies only if a setting names its origin', () => {
  expect(lambdaConfig(lambda).corsOrigins).toBeUndefined();
  expect(lambdaConfig({ ...lambda, CORS_ORIGIN: 'https://a.example,https://b.example' }).corsOrigins).toEqual(
    ['https://a.example', 'https://b.example'],
  );
});
