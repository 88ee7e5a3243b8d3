import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { Construct } from "constructs";
import { resourceName } from "../../core/name-limits";
import { preventDestroy } from "../terraform/prevent-destroy";

export interface ImageRepositoryProps {
  readonly repositoryName: string;
  /** ARN: AWS tells an alias as the key behind it, and would make the repository anew. */
  readonly keyArn: string;
  /** How many images stay, the newest. */
  readonly keep: number;
}

/** Days that what no tag names any more is kept: parts of pushes that failed. */
const untaggedDays = 14;

/**
 * Keeps images whose tags never move, scanned as they are pushed, and encrypted with a customer-managed key.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html
 */
export class ImageRepository extends Construct {
  constructor(scope: Construct, id: string, { repositoryName, keyArn, keep }: ImageRepositoryProps) {
    super(scope, id);
    const repository = new EcrRepository(this, "repository", {
      name: resourceName("imageRepository", repositoryName),
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: [{ encryptionType: "KMS", kmsKey: keyArn }],
      forceDelete: true, // once its guard is lifted: a repository with images could not go
      lifecycle: preventDestroy,
    });
    new EcrLifecyclePolicy(this, "life-cycle", {
      repository: repository.name,
      policy: JSON.stringify({ rules: lifeCycle(keep) }),
    });
  }
}

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html */
const lifeCycle = (keep: number) => [
  {
    rulePriority: 1,
    description: "What no tag names",
    selection: {
      tagStatus: "untagged",
      countType: "sinceImagePushed",
      countUnit: "days",
      countNumber: untaggedDays,
    },
    action: { type: "expire" },
  },
  {
    rulePriority: 2,
    description: "All but the newest",
    selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: keep },
    action: { type: "expire" },
  },
];
