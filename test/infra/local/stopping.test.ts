import { type Running, stopAll } from '../../../infra/local/stopping';

const never = new AbortController().signal;
let stopped: string[];
beforeEach(() => {
  stopped = [];
});
const stops = (...names: string[]) => names.map((name) => () => stopped.push(name));
const fails = () => Promise.reject(new Error('this one does not stop'));
const hangs = () => new Promise(() => undefined);

test('what was started last stops first, and all drains stop before the releases', async () => {
  const running: Running = { drains: stops('pools', 'port'), releases: stops('logs', 'database') };
  expect(await stopAll(running, never)).toBe(true);
  expect(stopped).toEqual(['port', 'pools', 'database', 'logs']);
});

test('a drain that does not end is abandoned, and the database still stops', async () => {
  const running: Running = {
    drains: [...stops('pools'), hangs, ...stops('port')],
    releases: stops('database'),
  };
  expect(await stopAll(running, AbortSignal.timeout(50))).toBe(false);
  expect(stopped).toEqual(['port', 'database']);
});

test('a stop that fails does not keep the others from stopping', async () => {
  const running: Running = { drains: [...stops('pools'), fails], releases: [...stops('database'), fails] };
  expect(await stopAll(running, never)).toBe(false);
  expect(stopped).toEqual(['pools', 'database']);
});

test('what has stopped is not stopped again', async () => {
  const running: Running = { drains: stops('port'), releases: stops('database') };
  await stopAll(running, never);
  expect(await stopAll(running, never)).toBe(true);
  expect(stopped).toEqual(['port', 'database']);
});
