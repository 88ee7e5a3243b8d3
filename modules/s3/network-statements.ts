import type { PolicyStatement } from "../../core/policy";

export interface RowsInNetwork {
  readonly bucketArn: string;
  /** What holds rows and is read and written by jobs alone; wildcards allowed. */
  readonly prefixes: readonly string[];
  /** ARNs, wildcards allowed, of the roles that jobs run as. */
  readonly roles: readonly string[];
  readonly vpcId: string;
}

/**
 * Bucket policy: whoever runs as a job's role reaches rows from within the network alone, into which SageMaker takes even the files that it
 * brings to containers without a network. It lets through what services do with the role's credentials for a caller of theirs.
 * https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTrainingJob.html, `EnableNetworkIsolation`
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies-vpc-endpoint.html
 */
export const rowsInNetworkStatement = (given: RowsInNetwork): PolicyStatement => ({
  Sid: "RowsInTheNetworkAlone",
  Effect: "Deny",
  Principal: "*",
  Action: ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"],
  Resource: given.prefixes.map((prefix) => `${given.bucketArn}/${prefix}*`),
  Condition: {
    ArnLike: { "aws:PrincipalArn": given.roles },
    StringNotEquals: { "aws:SourceVpc": given.vpcId },
    BoolIfExists: { "aws:ViaAWSService": "false" },
  },
});
