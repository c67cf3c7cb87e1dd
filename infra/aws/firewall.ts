import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnLoggingConfiguration, CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { errorCatalogue } from '../../lib/base/errors';
import type { Stage } from './stage';

/** Managed rules, and those of them that only count: they refuse what this API must take. */
const MANAGED_RULES: Record<string, string[]> = {
  // A batch of a thousand is larger than 8 KB, and a game backend need not say what program it is. A gift's
  // message in metadata may look like a script or a path; nothing here renders or runs it, and handlers check
  // bodies themselves. A user may be called player.log.
  AWSManagedRulesCommonRuleSet: [
    'SizeRestrictions_BODY',
    'EC2MetaDataSSRF_BODY',
    'GenericLFI_BODY',
    'GenericRFI_BODY',
    'CrossSiteScripting_BODY',
    'RestrictedExtensions_URIPATH',
    'NoUserAgent_HEADER',
  ],
  AWSManagedRulesKnownBadInputsRuleSet: ['JavaDeserializationRCE_BODY', 'Log4JRCE_BODY'],
};
/** Seconds over which requests are counted: the shortest that make a minute. */
const RATE_WINDOW_SECONDS = 60;

/** AWS WAF before the API: managed rules, and a limit per IP when the stage has one. */
export class Firewall extends Construct {
  constructor(scope: Construct, id: string, stageArn: string, stage: Stage) {
    super(scope, id);
    const limit = stage.api.requestsPerMinutePerIp;
    const acl = new CfnWebACL(this, 'Acl', {
      name: `wallet-${stage.name}`,
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visibility('wallet'),
      customResponseBodies: { rateLimited: { contentType: 'APPLICATION_JSON', content: rateLimited() } },
      rules: [...(limit > 0 ? [rateRule(limit)] : []), ...Object.entries(MANAGED_RULES).map(managedRule)],
    });
    new CfnWebACLAssociation(this, 'Association', { resourceArn: stageArn, webAclArn: acl.attrArn });
    const log = new LogGroup(this, 'Log', {
      // WAF writes only to names that begin so.
      logGroupName: `aws-waf-logs-wallet-${stage.name}`,
      // Not after a first deployment that failed: the next one would find the name taken.
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      retention: stage.logRetentionDays as RetentionDays,
    });
    new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: acl.attrArn,
      logDestinationConfigs: [log.logGroupArn.replace(/:\*$/, '')],
      // Paths and queries name users.
      redactedFields: [{ singleHeader: { Name: 'authorization' } }, { uriPath: {} }, { queryString: {} }],
      loggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [
          {
            Behavior: 'KEEP',
            Requirement: 'MEETS_ANY',
            Conditions: [{ ActionCondition: { Action: 'BLOCK' } }],
          },
        ],
      },
    });
  }
}

function rateRule(limit: number): CfnWebACL.RuleProperty {
  return {
    name: 'requests-per-ip',
    priority: 0,
    action: {
      block: {
        customResponse: {
          responseCode: 429,
          customResponseBodyKey: 'rateLimited',
          responseHeaders: [{ name: 'retry-after', value: String(RATE_WINDOW_SECONDS) }],
        },
      },
    },
    statement: {
      rateBasedStatement: { limit, evaluationWindowSec: RATE_WINDOW_SECONDS, aggregateKeyType: 'IP' },
    },
    visibilityConfig: visibility('requests-per-ip'),
  };
}

function managedRule([name, counted]: [string, string[]], index: number): CfnWebACL.RuleProperty {
  return {
    name,
    priority: index + 1,
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name,
        ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
      },
    },
    visibilityConfig: visibility(name),
  };
}

function visibility(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName };
}

/** The catalogue's row; WAF knows no request id to put in. */
function rateLimited(): string {
  const { meaning, retryable } = errorCatalogue.RATE_LIMITED;
  return JSON.stringify({
    success: false,
    error: { code: 'RATE_LIMITED', message: meaning, retryable, requestId: '' },
  });
}
