import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import {
  App,
  type AppProps,
  CloudFormationValidatePlugin,
  ReferenceStrength,
  Tags,
  Validations,
} from 'aws-cdk-lib/core';
import { DEFAULT_CROSS_STACK_REFERENCES } from 'aws-cdk-lib/cx-api';
import { AwsSolutionsChecks } from 'cdk-nag';
import { hooks } from '../../functions/hooks';
import { routeList } from '../../functions/routes';
import { schedules } from '../../functions/schedules';
import { acknowledgeFindings } from './acknowledgements';
import { type Bundles, bundleFunctions } from './bundle';
import { DataStack } from './data-stack';
import { ServiceStack } from './stack';
import { readStage, titlesOf } from './stage';

/** Every function that is deployed, by the id of its row. */
export const functionIds: readonly string[] = [
  ...routeList.map(({ id }) => id),
  ...schedules.map(({ id }) => id),
  ...Object.keys(hooks),
];

/**
 * The app of one stage, checked against AWS's own rules and the CDK's as it is synthesized. Without an
 * account: it takes that of the deployer. The service's stack imports what it needs of the data's, so
 * CloudFormation refuses to replace the proxy, or what else is in use, under the running service.
 */
export function makeApp(props: AppProps = {}): App {
  const bundles = bundleFunctions(functionIds);
  try {
    return makeAppWith(bundles, props);
  } finally {
    bundles.remove();
  }
}

/** The same, with bundles of functionIds that the caller has made. The stacks copy them. */
export function makeAppWith(bundles: Bundles, props: AppProps): App {
  const app = new App({
    analyticsReporting: false,
    ...props,
    context: {
      ...featureFlags(),
      [DEFAULT_CROSS_STACK_REFERENCES]: ReferenceStrength.STRONG,
      ...props.context,
    },
  });
  const stage = readStage(app.node.tryGetContext('stages'), app.node.tryGetContext('stage'));
  const data = new DataStack(app, `wallet-${stage.name}-data`, { stage, bundles });
  for (const title of titlesOf(stage)) {
    new ServiceStack(app, `wallet-${title.stage.name}`, { title, data, bundles });
  }
  Tags.of(app).add('service', 'wallet');
  Tags.of(app).add('stage', stage.name);
  acknowledgeFindings(app);
  Validations.of(app).addPlugins(new CloudFormationValidatePlugin(), new AwsSolutionsChecks(app));
  return app;
}

/** All that the pinned version of the CDK recommends to new projects. */
function featureFlags(): Record<string, unknown> {
  const file = createRequire(`${process.cwd()}/package.json`).resolve(
    'aws-cdk-lib/recommended-feature-flags.json',
  );
  return JSON.parse(readFileSync(file, 'utf8'));
}
