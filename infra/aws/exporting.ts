import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { CfnOutput, Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { environment } from '../../lib/base/environment';
import type { Stage } from './stage';

/** The bucket that the nightly export writes to, a folder for each title. It outlives the stack. */
export class Exporting extends Construct {
  private readonly bucket: Bucket;
  private readonly format: string;

  constructor(scope: Construct, id: string, { format, keepDays }: NonNullable<Stage['exports']>) {
    super(scope, id);
    this.format = format;
    this.bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      lifecycleRules: [{ expiration: Duration.days(keepDays) }],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    new CfnOutput(this, 'Exports', { value: this.bucket.bucketName });
  }

  /** Of the job that exports a title. To be told that an object is not there takes the right to list. */
  rightsOf(title: string): PolicyStatement[] {
    return [
      new PolicyStatement({
        actions: ['s3:PutObject', 's3:GetObject'],
        resources: [this.bucket.arnForObjects(`${title}/*`)],
      }),
      new PolicyStatement({ actions: ['s3:ListBucket'], resources: [this.bucket.bucketArn] }),
    ];
  }

  get environment(): Record<string, string> {
    return {
      [environment.exportTo]: `s3://${this.bucket.bucketName}`,
      [environment.exportFormat]: this.format,
    };
  }
}
