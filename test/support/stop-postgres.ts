import { rm } from 'node:fs/promises';

export default async function stop(): Promise<void> {
  const postgres = globalThis.testPostgres;
  await globalThis.testPooler?.stop();
  await postgres?.stop();
  await rm(postgres?.folder ?? '', { recursive: true, force: true });
}
