import type { Management } from "../../core/management";

/** What managing rules and their targets takes, by ARN. */
export const ruleManagement = (resources: readonly string[]): Management => ({
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
});
