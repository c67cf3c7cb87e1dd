import { rm } from 'node:fs/promises';
import { dropOnNodes } from './citus';
import { removeLambdaRuntime } from './lambda-runtime';
import { TEMPLATE, testNodes } from './server';

export default async function stop(): Promise<void> {
  const postgres = globalThis.testPostgres;
  if (globalThis.testLambda) {
    removeLambdaRuntime(globalThis.testLambda);
  }
  await globalThis.testPooler?.stop();
  await globalThis.testCertificate?.remove();
  if (testNodes().length > 0) {
    await dropOnNodes(TEMPLATE);
  }
  await postgres?.stop();
  await rm(postgres?.folder ?? '', { recursive: true, force: true });
}
