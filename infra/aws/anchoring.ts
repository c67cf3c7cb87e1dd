import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import { CfnOutput, Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { environment } from '../../lib/base/environment';
import type { Stage } from './stage';

/**
 * What proves the ledger from outside of the database: the key that signs checkpoints, which never leaves
 * KMS, and the bucket that keeps them. In compliance mode nobody deletes one before its time, not even the
 * account's owner. Both outlive the stack.
 */
export class Anchoring extends Construct {
  private readonly key: Key;
  private readonly bucket: Bucket;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    this.key = new Key(this, 'Key', {
      description: `Signs checkpoints of the wallet, ${stage.name}`,
      keySpec: KeySpec.ECC_NIST_P256,
      keyUsage: KeyUsage.SIGN_VERIFY,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const { keepDays, mode } = stage.anchors;
    this.bucket = new Bucket(this, 'Bucket', {
      objectLockEnabled: true,
      objectLockDefaultRetention: ObjectLockRetention[mode](Duration.days(keepDays)),
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.refuseNewVersions();
    new CfnOutput(this, 'Anchors', { value: this.bucket.bucketName });
    new CfnOutput(this, 'SigningKey', { value: this.key.keyArn });
  }

  /**
   * Object Lock keeps a version, and lets anybody who may write lay a newer one or a delete marker over it.
   * Nobody does, unless this policy is changed first; the verifier tells it when it is.
   */
  private refuseNewVersions(): void {
    const everybody = {
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      resources: [this.bucket.arnForObjects('*')],
    };
    this.bucket.addToResourcePolicy(
      new PolicyStatement({
        ...everybody,
        sid: 'NoPutOverAnObject',
        actions: ['s3:PutObject'],
        conditions: { Null: { 's3:if-none-match': 'true' } },
      }),
    );
    this.bucket.addToResourcePolicy(
      new PolicyStatement({ ...everybody, sid: 'NoDeleteMarker', actions: ['s3:DeleteObject'] }),
    );
  }

  /** Of who tells others with which key checkpoints are signed. */
  rightsToKnow(): PolicyStatement[] {
    return [new PolicyStatement({ actions: ['kms:GetPublicKey'], resources: [this.key.keyArn] })];
  }

  /** Of the job that makes checkpoints of a title: it puts each once, and compares what lies there. */
  rightsOf(title: string): PolicyStatement[] {
    return [
      new PolicyStatement({ actions: ['kms:Sign', 'kms:GetPublicKey'], resources: [this.key.keyArn] }),
      new PolicyStatement({
        actions: ['s3:PutObject', 's3:GetObject'],
        resources: [this.bucket.arnForObjects(`${title}/*`)],
      }),
    ];
  }

  get environment(): Record<string, string> {
    return {
      [environment.checkpointKeyId]: this.key.keyArn,
      [environment.checkpointAnchors]: `s3://${this.bucket.bucketName}`,
    };
  }
}
