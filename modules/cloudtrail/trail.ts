import { Cloudtrail } from "@cdktf/provider-aws/lib/cloudtrail";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { resourceName } from "../../core/name-limits";

export interface TrailProps {
  readonly trailName: string;
  /** Bucket that lets the trail write. */
  readonly bucketName: string;
  /** Key that encrypts the records. @default what the bucket's owner has chosen */
  readonly keyArn?: string | undefined;
  /** ARNs of the buckets whose objects are on record when they are read or written. */
  readonly recordedBuckets: readonly string[];
  /** What has to stand first: CloudTrail tries to write when a trail is made. */
  readonly dependsOn: ITerraformDependable[];
}

/**
 * A trail of all that is done in an account, in every region, with digests that tell whether a record was changed; and of each
 * object of some buckets that is read or written.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html
 */
export class Trail extends Construct {
  constructor(scope: Construct, id: string, props: TrailProps) {
    super(scope, id);
    const equals = (field: string, value: string) => ({ field, equalTo: [value] });
    new Cloudtrail(this, "trail", {
      name: resourceName("trail", props.trailName),
      s3BucketName: props.bucketName,
      ...(props.keyArn !== undefined && { kmsKeyId: props.keyArn }),
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      enableLogging: true,
      advancedEventSelector: [
        { name: "What is done", fieldSelector: [equals("eventCategory", "Management")] },
        {
          name: "Objects",
          fieldSelector: [
            equals("eventCategory", "Data"),
            equals("resources.type", "AWS::S3::Object"),
            { field: "resources.ARN", startsWith: props.recordedBuckets.map((bucket) => `${bucket}/`) },
          ],
        },
      ],
      dependsOn: props.dependsOn,
    });
  }
}
