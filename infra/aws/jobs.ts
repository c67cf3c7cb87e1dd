import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { schedules } from '../../functions/schedules';
import { functionOf, type WalletFunction } from './function';
import type { Stage } from './stage';

/** Tries after the first, by the scheduler to reach the function, and by Lambda when the function fails. */
const RETRIES = 2;

/** Where a job's event is left that could not be started, or failed at its last try. */
export function deadLetterQueue(scope: Construct, stage: Stage): Queue {
  return new Queue(scope, 'DeadLetters', {
    queueName: `wallet-${stage.name}-dead-letters`,
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
}

/** What runs by the clock. */
export function addSchedules(
  scope: Construct,
  functions: ReadonlyMap<string, WalletFunction>,
  deadLetters: Queue,
): void {
  for (const { id, summary, everySeconds } of schedules) {
    const { alias } = functionOf(functions, id);
    const patience = Duration.seconds(Math.min(everySeconds, 6 * 3_600));
    alias.configureAsyncInvoke({
      retryAttempts: RETRIES,
      maxEventAge: patience,
      onFailure: new SqsDestination(deadLetters),
    });
    new Schedule(scope, id.replace('/', '-schedule-'), {
      description: summary,
      schedule: ScheduleExpression.rate(Duration.seconds(everySeconds)),
      target: new LambdaInvoke(alias, {
        deadLetterQueue: deadLetters,
        retryAttempts: RETRIES,
        maxEventAge: patience,
      }),
    });
  }
}
