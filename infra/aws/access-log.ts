import { AccessLogField, AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';

/** Who asked for what and how it went; nothing of the body, the query or the token. */
export function accessLogFormat(): AccessLogFormat {
  return AccessLogFormat.custom(
    JSON.stringify({
      requestId: AccessLogField.contextRequestId(),
      traceId: AccessLogField.contextXrayTraceId(),
      time: AccessLogField.contextRequestTimeEpoch(),
      ip: AccessLogField.contextIdentitySourceIp(),
      caller: AccessLogField.contextIdentityUserArn(),
      principal: AccessLogField.contextAuthorizerPrincipalId(),
      method: AccessLogField.contextHttpMethod(),
      route: AccessLogField.contextResourcePath(),
      status: AccessLogField.contextStatus(),
      bytes: AccessLogField.contextResponseLength(),
      latencyMillis: AccessLogField.contextResponseLatency(),
      integrationMillis: AccessLogField.contextIntegrationLatency(),
      error: AccessLogField.contextErrorMessage(),
    }),
  );
}
