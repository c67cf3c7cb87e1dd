import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { hooks } from '../functions/hooks';
import { routeList } from '../functions/routes';
import { schedules } from '../functions/schedules';
import { environment } from '../lib/base/environment';

/** The rooms, and what each may import. A room may always import itself. */
const MAY_IMPORT: Record<string, string[]> = {
  'lib/base': [],
  // It is installed elsewhere, so it brings nothing of ours along.
  'client/src': [],
  cli: ['client/src', 'lib/base', 'lib/contract', 'lib/ledger'],
  // A page over the public API, by the client alone.
  'console/src': [],
  generated: ['lib/base'],
  'lib/contract': ['lib/base', 'generated'],
  'lib/ledger': ['lib/base', 'generated'],
  'lib/db': ['lib/base', 'lib/ledger', 'generated'],
  'lib/app': ['lib/base', 'lib/db'],
  'lib/http': ['lib/base', 'lib/contract', 'lib/ledger', 'lib/db', 'lib/app', 'generated'],
  functions: ['lib/base', 'lib/contract', 'lib/ledger', 'lib/db', 'lib/app', 'lib/http', 'generated'],
  'infra/local': ['lib/base', 'lib/contract', 'lib/db', 'lib/app', 'lib/http', 'functions'],
  // Of functions the tables alone: handlers are named by their path.
  'infra/aws': ['lib/base', 'lib/contract', 'functions'],
};

/** Packages that only one room may import. */
const ONLY_IN: Record<string, string> = {
  pg: 'lib/db',
  '@middy/core': 'lib/http',
  '@middy/http-header-normalizer': 'lib/http',
  '@middy/http-json-body-parser': 'lib/http',
  '@middy/http-cors': 'lib/http',
  'aws-jwt-verify': 'lib/http',
  'aws-cdk-lib': 'infra/aws',
  'cdk-nag': 'infra/aws',
  constructs: 'infra/aws',
  '@aws-lambda-powertools/logger': 'lib/app',
  '@fastify/cors': 'infra/local',
  '@fastify/rate-limit': 'infra/local',
  '@aws-sdk/client-secrets-manager': 'lib/app',
  '@aws-sdk/client-kms': 'lib/app',
  '@aws-sdk/client-eventbridge': 'lib/app',
  '@aws-sdk/client-sqs': 'lib/app',
  '@aws-sdk/client-s3': 'lib/app',
  standardwebhooks: 'lib/app',
  'ipaddr.js': 'lib/app',
  '@aws-lambda-powertools/metrics': 'lib/app',
  fastify: 'infra/local',
  pino: 'infra/local',
};

interface Source {
  file: string;
  room: string;
  text: string;
  imports: string[];
}

/** Written by hand: what is generated is held to nothing but its source. */
const sources = ['cli', 'client/src', 'console/src', 'functions', 'lib', 'infra']
  .flatMap(listFiles)
  .filter((file) => file !== 'client/src/generated.ts')
  .map(readSource);

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
}

function readSource(file: string): Source {
  const text = readFileSync(file, 'utf8');
  const imports = [...text.matchAll(/(?:\bfrom |import\(|require\(|^import )['"]([^'"]+)['"]/gm)].map(
    ([, target = '']) => target,
  );
  return { file, room: roomOf(file), text, imports };
}

function roomOf(file: string): string {
  return Object.keys(MAY_IMPORT).find((room) => file.startsWith(`${room}/`)) ?? 'outside the house';
}

const breaches = (rule: (source: Source) => string[]): string[] =>
  sources.flatMap((source) => rule(source).map((what) => `${source.file}: ${what}`));

test('every source file lives in a room of the house', () => {
  expect(
    breaches(({ room }) => (room === 'outside the house' ? ['is in no room of the house'] : [])),
  ).toEqual([]);
});

test('every room imports only from the rooms that it may import from', () => {
  expect(
    breaches(({ file, room, imports }) =>
      imports
        .filter((target) => target.startsWith('.'))
        .map((target) => path.join(path.dirname(file), target))
        .filter((target) => target !== 'package.json')
        .filter(
          (target) => roomOf(`${target}.ts`) !== room && !MAY_IMPORT[room]?.includes(roomOf(`${target}.ts`)),
        )
        .map((target) => `${room} may not import ${target}`),
    ),
  ).toEqual([]);
});

test('the route table imports only base and contract, so it loads without a handler or the database', () => {
  const { imports } = readSource('functions/routes.ts');
  expect(
    imports.filter((target) => target.startsWith('.') && !/^\.\.\/lib\/(base|contract)\//.test(target)),
  ).toEqual([]);
});

test('packages are imported only in the room that owns them', () => {
  expect(
    breaches(({ room, imports }) =>
      imports
        .filter((target) => ONLY_IN[target] !== undefined && ONLY_IN[target] !== room)
        .map((target) => `only ${ONLY_IN[target]} may import ${target}`),
    ),
  ).toEqual([]);
});

test('the client imports only its own files, so it runs wherever fetch exists', () => {
  expect(
    breaches(({ room, imports }) =>
      room === 'client/src'
        ? imports.filter((target) => !target.startsWith('./')).map((target) => `imports ${target}`)
        : [],
    ),
  ).toEqual([]);
  const client = JSON.parse(readFileSync('client/package.json', 'utf8'));
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect([client.version, client.dependencies]).toEqual([version, undefined]);
});

test('the console reaches the service only through the client', () => {
  const { devDependencies } = JSON.parse(readFileSync('console/package.json', 'utf8'));
  const packageOf = (target: string) => /^(@[^/]+\/)?[^/]+/.exec(target)?.[0] ?? target;
  expect(
    breaches(({ file, room, text, imports }) =>
      room === 'console/src'
        ? [
            ...imports.filter((target) => !target.startsWith('.') && !(packageOf(target) in devDependencies)),
            // But for what the page must know before there is a client.
            ...(file === 'console/src/session/config.ts'
              ? []
              : (text.match(/\bfetch\(|XMLHttpRequest/g) ?? [])),
          ]
        : [],
    ),
  ).toEqual([]);
});

test('base, contract and ledger do no input or output', () => {
  const io = /^(node:(fs|net|http|https|child_process|dgram|dns|tls)|pg|@aws|fastify)/;
  expect(
    breaches(({ room, imports }) =>
      ['lib/base', 'lib/contract', 'lib/ledger'].includes(room)
        ? imports.filter((target) => io.test(target)).map((target) => `imports ${target}`)
        : [],
    ),
  ).toEqual([]);
});

test('lib/app/config alone reads the service’s environment, and cli/service the command line’s', () => {
  expect(
    breaches(({ file, text }) =>
      !['lib/app/config.ts', 'cli/service.ts'].includes(file) && text.includes('process.env')
        ? ['reads process.env']
        : [],
    ),
  ).toEqual([]);
});

/**
 * The rooms through which amounts pass. There they are DecimalText, and Biome refuses a `+` that makes a
 * number (noImplicitCoercions).
 */
const OF_AMOUNTS = ['console/src', 'lib/ledger', 'lib/db', 'lib/http', 'functions'];
/** The length of a bar is no amount. */
const OF_PIXELS = 'console/src/ui/bars.tsx';

test('only lib/base/money turns text into numbers where amounts pass', () => {
  expect(
    breaches(({ file, room, text }) =>
      OF_AMOUNTS.includes(room) && file !== OF_PIXELS
        ? (text.match(/\b(Number\(|Number\.parse|parseFloat|parseInt|BigInt\()/g) ?? [])
        : [],
    ),
  ).toEqual([]);
});

test('no source file contains a TODO, a ts-ignore or a cast to any', () => {
  expect(
    breaches(({ text }) => text.match(/\b(TODO|FIXME|XXX|HACK)\b|@ts-ignore|\bas any\b/g) ?? []),
  ).toEqual([]);
});

test('no function is longer than 70 lines, and no file is longer than 300', () => {
  // But for THE table, which grows with the endpoints and holds nothing else.
  const tooLong = breaches(({ file, text }) =>
    file !== 'functions/routes.ts' && text.split('\n').length > 300 ? ['has more than 300 lines'] : [],
  );
  expect(tooLong).toEqual([]);
  const functions = sources.flatMap(({ file, text }) => {
    const lines = text.split('\n');
    return lines.flatMap((line, start) => {
      const indent = /^( *)(export )?(async )?function \w+/.exec(line)?.[1];
      const length = indent === undefined ? 0 : lines.slice(start).indexOf(`${indent}}`);
      return length > 70 ? [`${file}: ${line.trim()} has ${length} lines`] : [];
    });
  });
  expect(functions).toEqual([]);
});

test('each route, job and hook has its file, and functions has no other files', () => {
  const files = listFiles('functions').filter(
    (file) => !/^functions\/(routes|schedules|hooks|samples)\.ts$/.test(file),
  );
  const ids = [...routeList.map(({ id }) => id), ...schedules.map(({ id }) => id), ...Object.keys(hooks)];
  expect(files.sort()).toEqual(ids.map((id) => `functions/${id}.ts`).sort());
});

test('each file of sql/functions and sql/views makes only the object that it is named after', () => {
  for (const kind of ['function', 'view']) {
    for (const name of readdirSync(`sql/${kind}s`)) {
      const made = [
        ...readFileSync(`sql/${kind}s/${name}`, 'utf8').matchAll(/^CREATE OR REPLACE (\w+) public\.(\w+)/gm),
      ];
      expect(made.map(([, what, object]) => `${what?.toLowerCase()} ${object}.sql`)).toEqual([
        `${kind} ${name}`,
      ]);
    }
  }
});

test('.env.example lists exactly the settings of the local host', () => {
  const listed = [...readFileSync('.env.example', 'utf8').matchAll(/^#? ?([A-Z][A-Z_]+)=/gm)].map(
    ([, name]) => name,
  );
  expect(listed.sort()).toEqual(Object.values(environment).sort());
});

/**
 * What a container has no use for: another database than its own, the embedded one, and the secrets of
 * Lambda.
 */
const NOT_IN_A_CONTAINER = [
  environment.databaseUrl,
  environment.localPort,
  environment.databaseCaFile,
  environment.databaseSecretArn,
  environment.databaseReaderSecretArn,
  environment.databaseOwnerSecretArn,
];

test('docker-compose passes every setting to the service and publishes its port only on this machine', () => {
  const compose = readFileSync('docker-compose.yml', 'utf8');
  const service = compose.slice(compose.indexOf('  wallet-service:'), compose.indexOf('  coordinator:'));
  const handedOn = [...service.matchAll(/^ {6}([A-Z][A-Z_]+):/gm)].map(([, name = '']) => name);
  const wanted = Object.values(environment).filter(
    (name) => !(NOT_IN_A_CONTAINER as string[]).includes(name),
  );
  expect(handedOn.sort()).toEqual(wanted.sort());
  const open = [...service.matchAll(/^ {6}([A-Z_]+): \$\{(\w+):-/gm)].filter(
    ([, name, from]) => name !== from,
  );
  expect(open).toEqual([]);
  expect(service).toMatch(/^ {6}- "\$\{LISTEN:-127\.0\.0\.1\}:\$\{PORT:-3000\}:3000"$/m);
  // The other one is the same service on several nodes, which has the same settings.
  expect(compose).toMatch(/^ {6}- "\$\{LISTEN:-127\.0\.0\.1\}:\$\{DISTRIBUTED_PORT:-3001\}:3000"$/m);
  expect(compose.match(/^ {6}<<: \*environment$/gm)).toHaveLength(1);
  expect(compose.match(/^ {4}ports:/gm)).toHaveLength(2);
});

test('every command that the documents name exists', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  for (const document of ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md']) {
    const named = [...readFileSync(document, 'utf8').matchAll(/npm run ([a-z:-]+)/g)].map(
      ([, name = '']) => name,
    );
    expect([document, named.filter((name) => scripts[name] === undefined)]).toEqual([document, []]);
  }
});

test('the top folder contains only the files and folders that are allowed there', () => {
  const allowed =
    /^(cli|client|console|docs|functions|generated|lib|infra|sql|test|cdk\.json|package(-lock)?\.json|tsconfig\.json|docker-compose\.yml|(README|ARCHITECTURE|CHANGELOG|CONTRIBUTING)\.md|LICENSE|jest\.config\.mjs|biome\.json|\..*)$/;
  const ignored = ['node_modules', 'logs', 'cdk.out', 'coverage'];
  expect(readdirSync('.').filter((name) => !allowed.test(name) && !ignored.includes(name))).toEqual([]);
  expect(existsSync('package-lock.json')).toBe(true);
});
