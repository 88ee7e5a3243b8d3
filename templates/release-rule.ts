import { filledIn, type Resource } from "./cloudformation";
import { gitlabBranch, gitlabRepository, namesOf, tagsOf } from "./roles";
import type { TemplateParts } from "./template";

/**
 * A version of the project's that is approved is told to the function that asks the CI server: which job or pipeline that is, the rule
 * says, and no event. Nothing where the environment names no server.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export function releaseRule(parts: TemplateParts): Record<string, Resource> {
  if (parts.release === undefined) return {};
  const { functionArn, undeliveredQueueArn } = parts.release;
  const { releaseRule, modelPackageGroup, jobs } = namesOf(parts);
  const named =
    parts.gitlabUrl === undefined
      ? { jenkins: { job: `${jobs}/deploy` } }
      : { gitlab: { project: gitlabRepository("deploy"), ref: gitlabBranch } };
  return {
    ReleaseRule: {
      Type: "AWS::Events::Rule",
      Properties: {
        Name: filledIn(releaseRule),
        Description: "Tells that a version of a SageMaker project was approved",
        State: "ENABLED",
        EventPattern: filledIn(versionApproved(modelPackageGroup)),
        Targets: [
          {
            Id: "release",
            Arn: functionArn,
            InputTransformer: {
              InputPathsMap: { detail: "$.detail" },
              InputTemplate: filledIn(`{"detail":<detail>,"release":${JSON.stringify(named)}}`),
            },
            RetryPolicy: { MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 24 },
            DeadLetterConfig: { Arn: undeliveredQueueArn },
          },
        ],
        Tags: tagsOf(parts),
      },
    },
  };
}

/** As of the registry's groups (`modules/events/event-patterns.ts`): a version that is edited once it is approved is none. */
const versionApproved = (group: string): object => ({
  source: ["aws.sagemaker"],
  "detail-type": ["SageMaker Model Package State Change"],
  detail: {
    ModelPackageGroupName: [group],
    ModelPackageStatus: ["Completed"],
    ModelApprovalStatus: ["Approved"],
    UpdatedModelPackageFields: ["ModelApprovalStatus", { exists: false }],
  },
});
