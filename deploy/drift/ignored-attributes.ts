import type { Json, Resource, ResourceChange } from "../terraform/plan-json";

type Attributes = Readonly<Record<string, Json>>;

/** An attribute's value without what other resources of the stack manage; null where nothing is left. */
type Rest = (value: Json, own: Attributes, deployed: readonly Resource[]) => Json;

/** Another resource manages it as a whole: a change there is that resource's drift. */
const managedBy =
  (type: string, reference: string, name: string): Rest =>
  (value, own, deployed) =>
    deployed.some((other) => other.type === type && other.values[reference] === own[name]) ? null : value;

const ofBucket = (type: string): Rest => managedBy(`aws_s3_bucket_${type}`, "bucket", "bucket");

/** A state may have the number of attachments as it was before the managed ones were made. */
const attachments: Rest = (count, { arn }, deployed) => {
  const managed = deployed.filter(
    ({ type, values }) => type === "aws_iam_role_policy_attachment" && values.policy_arn === arn,
  );
  return typeof count === "number" && count <= managed.length ? null : count;
};

/**
 * A subscription that its addressee confirms, the time of a deployment, what was released; or looked at elsewhere
 * (`./unmanaged`).
 */
const ignored: Rest = () => null;

/**
 * Attributes in which the provider repeats what other resources manage. A state has them as they were when the resource
 * was made, before those others, so the first look afterwards finds a difference that nobody made.
 */
const ignoredAttributes: Readonly<Record<string, Readonly<Record<string, Rest>>>> = {
  aws_iam_policy: { attachment_count: attachments },
  aws_iam_role: { inline_policy: ignored, managed_policy_arns: ignored },
  aws_lambda_function: { last_modified: ignored },
  aws_s3_bucket: {
    cors_rule: ofBucket("cors_configuration"),
    lifecycle_rule: ofBucket("lifecycle_configuration"),
    logging: ofBucket("logging"),
    policy: ofBucket("policy"),
    server_side_encryption_configuration: ofBucket("server_side_encryption_configuration"),
    versioning: ofBucket("versioning"),
  },
  aws_sns_topic: { policy: managedBy("aws_sns_topic_policy", "arn", "arn") },
  aws_sns_topic_subscription: {
    confirmation_was_authenticated: ignored,
    pending_confirmation: ignored,
  },
  aws_ssm_parameter: { insecure_value: ignored, value: ignored, version: ignored },
  aws_sqs_queue: { policy: managedBy("aws_sqs_queue_policy", "queue_url", "url") },
};

/** A resource's attributes, before or after, without what is managed elsewhere. */
export const withoutIgnored = (
  { type }: Pick<ResourceChange, "type">,
  own: Attributes,
  deployed: readonly Resource[],
): Attributes =>
  Object.fromEntries(
    Object.entries(own).map(([name, value]) => {
      const rest = ignoredAttributes[type]?.[name];
      return [name, rest ? rest(value, own, deployed) : value];
    }),
  );
