/**
 * Writes client/src/generated.ts from generated/openapi.json: `npm run client`, or with another document and
 * another file `node client/generate.mjs openapi.json generated.ts`. Each operation gets its method by rule,
 * so a new route needs nothing here. swagger-typescript-api writes it by the templates beside.
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { generateApi } from 'swagger-typescript-api';

const [source = 'generated/openapi.json', target = 'client/src/generated.ts'] = process.argv.slice(2);

/** Operations with these tags are methods of the client itself; all others are in groups. */
const AT_TOP = ['wallet', 'system'];
/** An operation with this tag is in the group that its path names. */
const BY_PATH = 'admin';
/** Query parameters that take a reply's `nextCursor`. */
const CURSORS = ['cursor', 'after'];

const camel = (text) => text.replace(/^./, (first) => first.toLowerCase());
const pascal = (text) => text.replace(/(^|[-.])(\w)/g, (_match, _dash, letter) => letter.toUpperCase());

const document = JSON.parse(await readFile(source, 'utf8'));
const { schemas, responses } = document.components;
const nameOfRef = ($ref) => $ref?.split('/').at(-1);
const resolve = (schema) => (schema?.$ref === undefined ? schema : schemas[nameOfRef(schema.$ref)]);

/** adminPutAccount at /api/accounts/{userId} is accounts.put, walletTopup is topup. */
function namesOf(route, { operationId, tags: [tag] }) {
  const word = operationId.slice(tag.length);
  if (AT_TOP.includes(tag)) {
    return { group: '', method: camel(word) };
  }
  const group = camel(pascal(tag === BY_PATH ? route.split('/')[2] : tag));
  const noun = new RegExp(`${pascal(group).replace(/s$/, '')}s?(?![a-z])`);
  return { group, method: camel(word.replace(noun, '') || word) };
}

/**
 * Where in a body keys are: '' is the body itself, a name its property or each element of that list. There
 * the key becomes optional, because the client makes it.
 */
function keyPlaces(schema, place = '') {
  const { properties = {}, oneOf = [], anyOf = [], items, required } = schema;
  if (properties.idempotencyKey !== undefined) {
    schema.required = required?.filter((name) => name !== 'idempotencyKey');
  }
  const inside = [...oneOf, ...anyOf, ...(items === undefined ? [] : [items])];
  return [
    ...(properties.idempotencyKey === undefined ? [] : [place]),
    ...inside.flatMap((part) => keyPlaces(resolve(part), place)),
    ...Object.entries(properties).flatMap(([name, part]) =>
      keyPlaces(resolve(part), place === '' ? name : `${place}.${name}`),
    ),
  ];
}

/** The query of an operation becomes a type with a name. */
function queryOf(parameters, name) {
  const inQuery = parameters.filter((parameter) => parameter.in === 'query');
  if (inQuery.length === 0) {
    return undefined;
  }
  const required = inQuery.filter((parameter) => parameter.required).map((parameter) => parameter.name);
  schemas[name] = {
    type: 'object',
    properties: Object.fromEntries(inQuery.map((parameter) => [parameter.name, parameter.schema])),
    required,
  };
  return { type: name, isOptional: required.length === 0, names: inQuery.map((parameter) => parameter.name) };
}

/** How a reply is paged: it has `nextCursor`, one list, and a parameter that takes the cursor. */
function listOf(reply, query) {
  const { properties = {} } = resolve(reply);
  const lists = Object.keys(properties).filter((name) => properties[name].type === 'array');
  const cursor = query?.names.find((name) => CURSORS.includes(name));
  return properties.nextCursor && cursor && lists.length === 1 ? { cursor, items: lists[0] } : undefined;
}

function operationOf(route, verb, operation) {
  const { group, method } = namesOf(route, operation);
  const { parameters = [], requestBody, responses: answers, security, summary, description } = operation;
  const [content] = Object.entries(answers)
    .filter(([status]) => status.startsWith('2'))
    .map(([, answer]) => answer.content);
  const reply = content['application/json'].schema.properties.data;
  const body = requestBody?.content['application/json'].schema;
  const query = queryOf(parameters, `${pascal(group)}${pascal(method)}Query`);
  return {
    group,
    method,
    docs: [`${summary}.`, '', ...description.split('\n'), '', `@request ${verb.toUpperCase()} ${route}`],
    verb: verb.toUpperCase(),
    path: route.replace(/\{(\w+)\}/g, (_match, name) => `\${segment(${name})}`),
    parameters: [...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
    body: body && {
      type: nameOfRef(body.$ref),
      isOptional: (resolve(body).required ?? []).filter((name) => name !== 'idempotencyKey').length === 0,
    },
    keys: body === undefined ? [] : [...new Set(keyPlaces(resolve(body)))],
    query,
    list: listOf(reply, query),
    reply: nameOfRef(reply.$ref),
    isPublic: security?.length === 0,
    texts: Object.keys(content).filter((type) => type.startsWith('text/')),
  };
}

/** A reply that may also be text, such as text/csv, has a second method: statement and statementCsv. */
const withTexts = (operation) => [
  operation,
  ...operation.texts.map((accept) => ({
    ...operation,
    method: `${operation.method}${pascal(accept.split('/')[1])}`,
    reply: 'string',
    list: undefined,
    accept,
  })),
];

const operations = Object.entries(document.paths)
  .flatMap(([route, verbs]) =>
    Object.entries(verbs).map(([verb, operation]) => operationOf(route, verb, operation)),
  )
  .flatMap(withTexts);

/** Every code of every refusal, in alphabetical order. */
const codes = new Set(
  Object.values(responses).flatMap(({ content }) =>
    content['application/json'].schema.allOf.flatMap(
      ({ properties }) => properties?.error.properties.code.enum ?? [],
    ),
  ),
);

const { files } = await generateApi({
  spec: document,
  output: false,
  fileName: path.basename(target),
  templates: path.join(import.meta.dirname, 'templates'),
  sortTypes: true,
  silent: true,
  hooks: {
    onPrepareConfig: (configuration) => ({
      ...configuration,
      codes: [...codes].sort(),
      groups: [...new Set(operations.map(({ group }) => group))].map((name) => ({
        name,
        operations: operations.filter(({ group }) => group === name),
      })),
    }),
  },
});
const HEAD = `// Made by client/generate.mjs (npm run client). Change the route table in its place.
import type { Call, CallOptions, Listing } from './call.ts';
import { Core, segment } from './core.ts';
`;
await writeFile(target, `${HEAD}\n${files[0].fileContent}`);
