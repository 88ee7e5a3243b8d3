import { differences, type Differences } from "../../../deploy/affected/differences";
import type { Stacks } from "../../../deploy/affected/stack-files";
import { dataLostWith } from "../../../deploy/plans/summary/data-loss";
import { changes, type ChangeName, type EstateChange } from "../../support/changed-estate";
import { changedStacks } from "../../support/synthesised";

function stacksOf(change: EstateChange = {}): Stacks {
  const all = changedStacks(change);
  const entries = Object.entries(all).map(([id, stack]) => [id, { configuration: { ...stack }, assets: {} }]);
  return Object.fromEntries(entries) as Stacks;
}

const before = stacksOf();

interface Expected {
  /** Stacks that stay and differ. */
  readonly stacks: readonly string[];
  readonly added?: readonly string[];
  readonly removed?: readonly string[];
  /** What differs of blocks that stay. */
  readonly attributes: readonly string[];
  /** What holds data and leaves the code with its stack staying. */
  readonly losing?: readonly string[];
}

const grants = ["aws_iam_policy policy", "aws_iam_role_policy policy"];
const shared = ["aws_s3_bucket_policy policy", "aws_sagemaker_model_package_group_policy resource_policy"];
/** From which environments prod takes versions. */
const accepted = "aws_lambda_function environment";
const everyStack = Object.keys(before).toSorted();
const group = "aws_sagemaker_model_package_group";

const expected: Readonly<Record<ChangeName, Expected>> = {
  "an environment added": {
    stacks: ["dev-foundation", "prod-foundation", "prod-mammo-severity", "registry"],
    added: ["staging-foundation", "staging-mammo-severity", "staging-state"],
    attributes: ["aws_iam_role_policy policy", "aws_kms_key policy", accepted, ...shared],
  },
  "an environment removed": {
    stacks: ["prod-foundation", "prod-mammo-severity", "registry"],
    removed: ["dev-foundation", "dev-mammo-severity", "dev-state"],
    attributes: ["aws_iam_role_policy policy", accepted, ...shared],
  },
  "an environment renamed": {
    stacks: ["prod-foundation", "prod-mammo-severity", "registry"],
    added: ["development-foundation", "development-mammo-severity", "development-state"],
    removed: ["dev-foundation", "dev-mammo-severity", "dev-state"],
    attributes: ["aws_iam_role_policy policy", accepted, "aws_s3_bucket_policy policy"],
  },
  "a model added": {
    stacks: ["prod-foundation", "registry"],
    added: ["prod-three-pipelines"],
    attributes: [...grants],
  },
  "a model removed from one environment": {
    stacks: ["dev-foundation", "registry"],
    removed: ["dev-mammo-severity"],
    attributes: ["aws_sagemaker_model_package_group_policy resource_policy"],
  },
  "a model removed": {
    stacks: ["dev-foundation", "prod-foundation", "registry"],
    removed: ["dev-mammo-severity", "prod-mammo-severity"],
    attributes: ["aws_iam_role_policy policy"],
    losing: [group],
  },
  "a model renamed": {
    stacks: ["dev-foundation", "prod-foundation", "registry"],
    added: ["dev-mass-severity", "prod-mass-severity"],
    removed: ["dev-mammo-severity", "prod-mammo-severity"],
    attributes: [...grants, "aws_sagemaker_model_package_group_policy resource_policy"],
  },
  "a capability added": { stacks: ["dev-mammo-severity"], attributes: [] },
  "a capability removed": { stacks: ["prod-mammo-severity"], attributes: [] },
  "a pipeline removed": {
    stacks: ["dev-foundation", "dev-mammo-severity"],
    attributes: ["aws_cloudwatch_event_rule event_pattern", "aws_iam_role_policy policy"],
  },
  "Jenkins given an account": {
    stacks: ["dev-foundation", "dev-mammo-severity", "jenkins", "registry"],
    attributes: [
      "aws_iam_role_policy policy",
      "aws_sagemaker_model_package_group_policy resource_policy",
      "provider",
      "terraform s3",
    ],
  },
  "Jenkins taken an account": {
    stacks: ["jenkins", "prod-foundation", "prod-mammo-severity", "registry"],
    attributes: ["aws_sagemaker_model_package_group_policy resource_policy", "provider", "terraform s3"],
  },
  "another schedule": {
    stacks: ["prod-mammo-severity"],
    attributes: ["aws_cloudwatch_event_rule schedule_expression"],
  },
  "another e-mail": {
    stacks: ["prod-foundation", "prod-mammo-severity"],
    attributes: ["aws_iam_policy policy"],
  },
  "another tag": { stacks: everyStack, attributes: ["provider"] },
  "another owner": { stacks: everyStack, attributes: ["provider"] },
  "another administrators' role": {
    stacks: everyStack.filter((id) => id !== "prod-mammo-severity"),
    attributes: ["provider", "terraform s3"],
  },
  "daily work given roles": {
    stacks: ["dev-foundation", "dev-state", "registry"],
    attributes: ["aws_sagemaker_model_package_group_policy resource_policy"],
  },
  "a trail asked for": { stacks: [], added: ["registry-audit"], attributes: [] },
  "a CI server asked on approval": { stacks: [], added: ["registry-approvals"], attributes: [] },
  "a container asked for": { stacks: [], added: ["dev-mammo-severity-container"], attributes: [] },
  // The CI server becomes the CI of projects.
  "project templates asked for": {
    stacks: ["jenkins"],
    added: ["prod-project-templates"],
    attributes: ["aws_iam_role_policy policy"],
  },
  // The CI server reads what it releases, and may make it.
  "an endpoint asked for": {
    stacks: ["prod-foundation", "registry"],
    added: ["prod-mammo-severity-endpoint"],
    attributes: [...grants, "aws_sagemaker_model_package_group_policy resource_policy"],
  },
  "an endpoint asked for, with an API": {
    stacks: ["prod-foundation", "registry"],
    added: ["prod-mammo-severity-api", "prod-mammo-severity-endpoint"],
    attributes: [...grants, "aws_sagemaker_model_package_group_policy resource_policy"],
  },
  "an account added that only serves": {
    stacks: ["registry"],
    added: ["staging-foundation", "staging-mammo-severity-endpoint", "staging-state"],
    attributes: shared,
  },
  "roles given a boundary": {
    stacks: ["prod-foundation"],
    attributes: ["aws_iam_role permissions_boundary"],
  },
  "predictions and splits given days": {
    stacks: ["prod-foundation"],
    attributes: ["aws_s3_bucket_lifecycle_configuration rule"],
  },
  "a network given": {
    stacks: ["prod-foundation", "prod-mammo-severity"],
    attributes: [
      "aws_iam_policy policy",
      "aws_lambda_function vpc_config",
      "aws_sagemaker_pipeline pipeline_definition",
    ],
  },
  "a Jenkins server outside of AWS": { stacks: ["jenkins"], attributes: ["aws_iam_role assume_role_policy"] },
  "tokens taken of a Jenkins server outside of AWS": {
    stacks: ["jenkins"],
    attributes: ["aws_iam_role assume_role_policy", "aws_iam_role depends_on"],
  },
  "a network asked for": {
    stacks: ["prod-foundation", "prod-mammo-severity"],
    added: ["prod-network"],
    attributes: [
      "aws_iam_policy policy",
      "aws_lambda_function vpc_config",
      "aws_sagemaker_pipeline pipeline_definition",
    ],
  },
  "approval asked for": { stacks: [], attributes: [] },
};

/** `aws_kms_key.key_1A changed: policy` is `aws_kms_key policy`. */
function attributesThatDiffer({ stacks }: Differences): string[] {
  const found = stacks.flatMap(({ reasons }) =>
    reasons.flatMap((reason) => {
      const [, block = "", , attributes] = /^([^. ]+)(\.\S+)? changed(?:: (.*))?$/.exec(reason) ?? [];
      if (block === "" || block === "moved") return [];
      return attributes?.split(", ").map((attribute) => `${block} ${attribute}`) ?? [block];
    }),
  );
  return [...new Set(found)].toSorted();
}

const holdersThatLeave = ({ stacks }: Differences): string[] =>
  stacks.flatMap(({ reasons }) =>
    reasons.flatMap((reason) => {
      const [, type = ""] = /^([^. ]+)\.\S+ removed$/.exec(reason) ?? [];
      return dataLostWith(type) === undefined ? [] : [type];
    }),
  );

test.each(Object.keys(changes) as ChangeName[])("%s: that differs, and nothing else", (name) => {
  const found = differences(before, stacksOf(changes[name]));
  const isNew = ({ reasons }: { readonly reasons: readonly string[] }) =>
    reasons.includes("the stack is new");
  const { stacks, added = [], removed = [], attributes, losing = [] } = expected[name];
  expect({
    stacks: found.stacks.filter((stack) => !isNew(stack)).map(({ id }) => id),
    added: found.stacks.filter(isNew).map(({ id }) => id),
    removed: found.removed,
    attributes: attributesThatDiffer(found),
    losing: holdersThatLeave(found),
  }).toEqual({ stacks, added, removed, attributes: attributes.toSorted(), losing });
});
