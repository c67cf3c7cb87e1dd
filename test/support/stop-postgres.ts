import { rm } from 'node:fs/promises';
import { removeLambdaRuntime } from './lambda-runtime';

export default async function stop(): Promise<void> {
  const postgres = globalThis.testPostgres;
  if (globalThis.testLambda) {
    removeLambdaRuntime(globalThis.testLambda);
  }
  await globalThis.testPooler?.stop();
  await globalThis.testCertificate?.remove();
  await postgres?.stop();
  await rm(postgres?.folder ?? '', { recursive: true, force: true });
}
