import type { AlertMessage } from "../../../modules/events/failure-alert";

/** Something that is done through AWS's API and that somebody should hear of. */
export interface Watched {
  /** Last part of the rule's name, and the construct's id. */
  readonly name: string;
  readonly description: string;
  readonly pattern: object;
  readonly message: AlertMessage;
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html */
const called = (service: string, eventName: readonly string[], detail: object = {}): object => ({
  source: [`aws.${service}`],
  "detail-type": ["AWS API Call via CloudTrail"],
  detail: { eventSource: [`${service}.amazonaws.com`], eventName, ...detail },
});

/** @param what JSONPath of the name of what it was done to */
const said = (sentence: string, what: string): AlertMessage => ({
  variables: {
    account: "$.account",
    region: "$.region",
    time: "$.time",
    action: "$.detail.eventName",
    who: "$.detail.userIdentity.arn",
    what: `$.detail.requestParameters.${what}`,
  },
  lines: [
    sentence,
    "Action: <action>",
    "On:     <what>",
    "Who:    <who>",
    "Account <account>, <region>, <time>",
  ],
});

/** Whoever ends a key or a trail takes what depends on it along. */
export const watchedEverywhere: readonly Watched[] = [
  {
    name: "key-ended",
    description: "Says that a key is to be deleted or was disabled",
    pattern: called("kms", ["DisableKey", "ScheduleKeyDeletion"]),
    message: said("A key is to be deleted, or was disabled.", "keyId"),
  },
  {
    name: "trail-ended",
    description: "Says that a trail was stopped, changed or deleted",
    pattern: called("cloudtrail", ["DeleteTrail", "StopLogging", "UpdateTrail"]),
    message: said("A trail was stopped, changed or deleted.", "name"),
  },
  {
    name: "trail-narrowed",
    description: "Says that other events are recorded than before",
    pattern: called("cloudtrail", ["PutEventSelectors"]),
    message: said("A trail records other events than before.", "trailName"),
  },
];

/** An approval by somebody who is no approver: an administrator, or a user without any role. */
export const approvalByAnother = (approverArn: string): Watched => ({
  name: "approval-by-another",
  description: "Says that somebody who is no approver decided on a version",
  pattern: called("sagemaker", ["UpdateModelPackage"], {
    requestParameters: { modelApprovalStatus: ["Approved", "Rejected"] },
    userIdentity: {
      sessionContext: { sessionIssuer: { arn: [{ "anything-but": [approverArn] }, { exists: false }] } },
    },
  }),
  message: said("Somebody who is no approver decided on a version.", "modelPackageArn"),
});
