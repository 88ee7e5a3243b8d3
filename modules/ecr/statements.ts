import { imageRepositoryArn, type AccountRegion } from "../../core/arns";
import type { IdentityStatement } from "../../core/policy";

/**
 * Identity policy: push images to one repository, and see whether one is there.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html
 */
export const pushImageStatements = (where: AccountRegion, repository: string): IdentityStatement[] => [
  { Sid: "Registry", Effect: "Allow", Action: ["ecr:GetAuthorizationToken"], Resource: ["*"] },
  {
    Sid: "Images",
    Effect: "Allow",
    Action: [
      "ecr:BatchCheckLayerAvailability",
      "ecr:BatchGetImage",
      "ecr:CompleteLayerUpload",
      "ecr:DescribeImages",
      "ecr:GetDownloadUrlForLayer",
      "ecr:InitiateLayerUpload",
      "ecr:PutImage",
      "ecr:UploadLayerPart",
    ],
    Resource: [imageRepositoryArn(where, repository)],
  },
];
