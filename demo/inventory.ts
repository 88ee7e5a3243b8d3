import { managedIn, type StateJson } from "../deploy/terraform/state-json";

/** What is in one account. */
export interface AccountInventory {
  readonly environment: string;
  readonly account: string;
  /** Number of resources by Terraform type. */
  readonly counts: Readonly<Record<string, number>>;
  /** ARNs people look for, by what they are. */
  readonly arns: Readonly<Record<string, readonly string[]>>;
}

/** Kinds of resource whose ARNs are worth printing. */
const highlights: Readonly<Record<string, string>> = {
  aws_s3_bucket: "bucket",
  aws_kms_key: "key",
  aws_iam_role: "role",
  aws_sagemaker_pipeline: "pipeline",
  aws_sagemaker_model_package_group: "model package group",
  aws_lambda_function: "function",
  aws_cloudwatch_event_rule: "rule",
  aws_sns_topic: "topic",
  aws_sqs_queue: "queue",
};

/** Counts what the states of one account's stacks hold. */
export function takeInventory(
  environment: { readonly name: string; readonly account: string },
  states: readonly Pick<StateJson, "resources">[],
): AccountInventory {
  const resources = states.flatMap(managedIn);
  const counts: Record<string, number> = {};
  const arns: Record<string, string[]> = {};
  for (const { type, instances } of resources) {
    counts[type] = (counts[type] ?? 0) + instances.length;
    const highlight = highlights[type];
    if (highlight) (arns[highlight] ??= []).push(...instances.flatMap(({ attributes }) => arnIn(attributes)));
  }
  return { environment: environment.name, account: environment.account, counts, arns };
}

const arnIn = (attributes: Readonly<Record<string, unknown>> = {}): string[] =>
  typeof attributes.arn === "string" ? [attributes.arn] : [];

/** The inventory as text for people. */
export function describeInventory({ environment, account, counts, arns }: AccountInventory): string {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const kinds = Object.entries(counts)
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([type, count]) => `${count} ${type.replace(/^aws_/, "")}`);
  const lines = Object.entries(arns).flatMap(([kind, list]) =>
    list.toSorted().map((arn) => `  ${kind.padEnd(20)} ${arn}`),
  );
  return [`${environment} (${account}): ${total} resources`, `  ${kinds.join(", ")}`, ...lines].join("\n");
}
