import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { schedules } from '../../functions/schedules';
import { functionOf, type WalletFunction } from './function';
import type { Stage } from './stage';

/** Tries after the first, by the scheduler to reach the function, and by Lambda when the function fails. */
const RETRIES = 2;

/**
 * What runs by the clock. A job that could not be started, or failed at its last try, leaves its event in the
 * dead-letter queue.
 */
export class Jobs extends Construct {
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, functions: ReadonlyMap<string, WalletFunction>, stage: Stage) {
    super(scope, id);
    this.deadLetters = new Queue(this, 'DeadLetters', {
      queueName: `wallet-${stage.name}-dead-letters`,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    for (const { id: jobId, summary, everySeconds } of schedules) {
      const job = functionOf(functions, jobId);
      const patience = Duration.seconds(Math.min(everySeconds, 6 * 3_600));
      job.alias.configureAsyncInvoke({
        retryAttempts: RETRIES,
        maxEventAge: patience,
        onFailure: new SqsDestination(this.deadLetters),
      });
      job.role.addToPrincipalPolicy(
        new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.deadLetters.queueArn] }),
      );
      new Schedule(this, jobId.replace('/', '-'), {
        description: summary,
        schedule: ScheduleExpression.rate(Duration.seconds(everySeconds)),
        target: new LambdaInvoke(job.alias, {
          deadLetterQueue: this.deadLetters,
          retryAttempts: RETRIES,
          maxEventAge: patience,
        }),
      });
    }
  }
}
