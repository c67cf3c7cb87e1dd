import path from 'node:path';
import { migratorConfig, processEnvironment } from '../../lib/app/config';
import { migrateDeployment } from '../../lib/app/migrator';

/** The bundle carries sql/ beside it, and Lambda starts a function in its folder. */
export const handler = () => migrateDeployment(migratorConfig(processEnvironment()), path.resolve('sql'));
