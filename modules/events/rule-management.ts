import { functionArn, pipelineArn, topicArn, type AccountRegion } from "../../core/arns";
import type { Management } from "../../core/management";

/**
 * What managing rules takes, by ARN, and giving them targets of the kinds that stacks have, in the same account. A call may put
 * several targets, and each has to be one.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html
 */
export const ruleManagement = (where: AccountRegion, resources: readonly string[]): Management => ({
  service: "events",
  actions: [
    "PutRule",
    "DeleteRule",
    "DescribeRule",
    "PutTargets",
    "RemoveTargets",
    "ListTargetsByRule",
    "TagResource",
    "UntagResource",
    "ListTagsForResource",
  ],
  resources,
  never: [
    {
      action: "PutTargets",
      when: {
        "ForAnyValue:ArnNotLike": {
          "events:TargetArn": [pipelineArn(where, "*"), functionArn(where, "*"), topicArn(where, "*")],
        },
      },
    },
  ],
});
