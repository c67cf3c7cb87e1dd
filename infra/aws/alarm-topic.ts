import { EventField, type EventPattern, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Aws } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Stage } from './stage';

/** Where the operator is sent: each alarm and event names its section. */
export const RUNBOOK = 'infra/aws/RUNBOOK.md';

/** What RDS and Secrets Manager tell as events: by section of the runbook, their pattern. */
const eventsOf = (cluster: string): Record<string, EventPattern> => ({
  failover: {
    source: ['aws.rds'],
    detailType: ['RDS DB Cluster Event'],
    detail: { EventCategories: ['failover'], SourceIdentifier: [cluster] },
  },
  'rotation-failed': {
    source: ['aws.secretsmanager'],
    detailType: ['AWS Service Event via CloudTrail'],
    detail: { eventName: ['RotationFailed'] },
  },
});

/** The topic that a stage's alarms tell, and those whom it tells. */
export class AlarmTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    const key = new Key(this, 'Key', {
      description: `Alarms of the wallet, ${stage.name}`,
      enableKeyRotation: true,
    });
    this.topic = new Topic(this, 'Topic', {
      topicName: `wallet-${stage.name}-alarms`,
      masterKey: key,
      enforceSSL: true,
    });
    // Its own policy, which asks for TLS, has taken the place of the default one, which let this account's
    // alarms in.
    const alarmsOfThisAccount = new ServicePrincipal('cloudwatch.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    });
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [alarmsOfThisAccount],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
      }),
    );
    key.grantEncryptDecrypt(alarmsOfThisAccount);
    // EventBridge takes no conditions here; the target itself lets it publish.
    key.grantEncryptDecrypt(new ServicePrincipal('events.amazonaws.com'));
    for (const address of stage.alarmEmails) {
      this.topic.addSubscription(new EmailSubscription(address));
    }
    for (const [section, eventPattern] of Object.entries(eventsOf(`wallet-${stage.name}`))) {
      const text = `wallet-${stage.name}: ${section} at ${EventField.time}. What to do: ${RUNBOOK}#${section}`;
      new Rule(this, section, {
        ruleName: `wallet-${stage.name}-${section}`,
        eventPattern,
        targets: [new SnsTopic(this.topic, { message: RuleTargetInput.fromText(text) })],
      });
    }
  }
}
