import { readFileSync } from 'node:fs';
import { readStage } from '../../../infra/aws/stage';
import type { Json } from './synthesis';

describe('settings', () => {
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8'));

  test.each([
    [
      'a stage that is not there',
      'test',
      () => undefined,
      /cdk\.json has no stage test: stages has dev, prod/,
    ],
    [
      'an unknown setting',
      'dev',
      (dev: Json) => Object.assign(dev, { colour: 1 }),
      /stages\.dev\.: .*colour/,
    ],
    [
      'tokens of nobody',
      'dev',
      (dev: Json) => Object.assign(dev.api, { auth: 'jwt' }),
      /stages\.dev\.api\.jwt: is required/,
    ],
    [
      'a console without sign-in',
      'dev',
      (dev: Json) => Object.assign(dev.api, { console: { clientId: 'console', tokenOrigins: [] } }),
      /stages\.dev\.api\.console: needs auth to be jwt/,
    ],
    [
      'too few a minute',
      'dev',
      (dev: Json) => Object.assign(dev.api, { requestsPerMinutePerIp: 5 }),
      /must be 0 or at least 10/,
    ],
    [
      'one zone',
      'dev',
      (dev: Json) => Object.assign(dev, { availabilityZones: ['a'] }),
      /dev\.availabilityZones: must name at least two zones/,
    ],
    [
      'a title that has the name of a database',
      'dev',
      (dev: Json) => Object.assign(dev, { titles: ['main', 'postgres'] }),
      /dev\.titles: must not be called postgres/,
    ],
    [
      'a retention that is none',
      'prod',
      (_: Json, prod: Json) => Object.assign(prod, { logRetentionDays: 31 }),
      /logRetentionDays: must be/,
    ],
  ])('%s gives an error of one line that names it', (_, name, change, message) => {
    const stages = structuredClone(context.stages);
    change(stages.dev, stages.prod);
    expect(() => readStage(stages, name)).toThrow(message);
  });
});
