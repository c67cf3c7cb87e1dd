import { text } from 'node:stream/consumers';

/** What holds data, or the keys to it: types of CloudFormation whose replacement or removal loses some. */
const KEEPERS =
  /^AWS::(RDS::(DBCluster|DBInstance|DBSubnetGroup)|KMS::Key|SecretsManager::Secret|Backup::BackupVault|EC2::VPC|EC2::Subnet)$/;

/** The part of `aws cloudformation describe-change-set` that is looked at. */
export interface ChangeSet {
  Changes: {
    ResourceChange?: {
      Action: string;
      LogicalResourceId: string;
      ResourceType: string;
      Replacement?: 'True' | 'False' | 'Conditional';
    };
  }[];
}

/** What a change set would take away or replace, of what holds data; one line each. */
export function lossesOf({ Changes }: ChangeSet): string[] {
  return Changes.flatMap(({ ResourceChange: change }) => {
    if (change === undefined || !KEEPERS.test(change.ResourceType)) {
      return [];
    }
    const { Action, Replacement, ResourceType, LogicalResourceId } = change;
    const fate =
      Action === 'Remove'
        ? 'would be removed'
        : Replacement === 'True'
          ? 'would be replaced'
          : Replacement === 'Conditional'
            ? 'may be replaced'
            : undefined;
    return fate === undefined ? [] : [`${ResourceType} ${LogicalResourceId} ${fate}`];
  });
}

/** Reads a change set from the input; ends with 1 and says why when it would lose data. */
if (process.argv[1]?.endsWith('guard.ts')) {
  const losses = lossesOf(JSON.parse(await text(process.stdin)));
  if (losses.length > 0) {
    process.stderr.write(`this change would lose data:\n${losses.join('\n')}\n`);
    process.exitCode = 1;
  }
}
