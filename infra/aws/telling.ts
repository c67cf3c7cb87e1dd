import { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { CfnOutput, Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { RouteId } from '../../functions/routes';
import type { JobId } from '../../functions/schedules';
import { environment } from '../../lib/base/environment';
import type { Stage } from './stage';

/**
 * Where the wallet can tell what was committed without leaving the account, and the key of webhooks' secrets.
 */
export class Telling extends Construct {
  private readonly key: Key;
  private readonly bus: EventBus;
  private readonly queue: Queue;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    this.key = new Key(this, 'Key', {
      description: `Secrets of webhooks of the wallet, ${stage.name}`,
      enableKeyRotation: true,
    });
    const name = `wallet-${stage.name}`;
    this.bus = new EventBus(this, 'Bus', {
      eventBusName: `${name}-events`,
      description: 'What the wallet has committed',
    });
    this.queue = new Queue(this, 'Queue', {
      queueName: `${name}-events.fifo`,
      fifo: true,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    new CfnOutput(this, 'BusName', { value: this.bus.eventBusName });
    new CfnOutput(this, 'QueueUrl', { value: this.queue.queueUrl });
  }

  /** What a function may do beside others of its kind: seal secrets, or open them and tell subscribers. */
  rightsOf(id: string): PolicyStatement[] {
    const rights: Partial<Record<RouteId | JobId, PolicyStatement[]>> = {
      'subscribers/put': [new PolicyStatement({ actions: ['kms:Encrypt'], resources: [this.key.keyArn] })],
      'jobs/deliver-events': [
        new PolicyStatement({ actions: ['kms:Decrypt'], resources: [this.key.keyArn] }),
        new PolicyStatement({ actions: ['events:PutEvents'], resources: [this.bus.eventBusArn] }),
        new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.queue.queueArn] }),
      ],
    };
    return rights[id as RouteId | JobId] ?? [];
  }

  get environment(): Record<string, string> {
    return { [environment.webhookKeyId]: this.key.keyArn };
  }
}
