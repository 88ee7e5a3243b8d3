import { S3BucketCorsConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-cors-configuration";
import { Construct } from "constructs";

export interface CrossOriginReadingProps {
  readonly bucketName: string;
  /** Such as `https://*.example.com`. */
  readonly origins: readonly string[];
}

/** Lets pages of some origins read a bucket in a person's browser, as that person may. */
export class CrossOriginReading extends Construct {
  constructor(scope: Construct, id: string, { bucketName, origins }: CrossOriginReadingProps) {
    super(scope, id);
    new S3BucketCorsConfiguration(this, "cors", {
      bucket: bucketName,
      corsRule: [
        {
          allowedMethods: ["GET", "HEAD"],
          allowedOrigins: [...origins],
          allowedHeaders: ["*"],
          maxAgeSeconds: 3600,
        },
      ],
    });
  }
}
