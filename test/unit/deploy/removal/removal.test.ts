import { heldElsewhere } from "../../../../deploy/removal/held-elsewhere";
import { removedConfiguration } from "../../../../deploy/removal/removed-configuration";
import type { StateResource } from "../../../../deploy/terraform/state-json";
import { listStacks, type StackDescription } from "../../../../stacks/list";
import { models } from "../../../../pipelines";
import { readEstate } from "../../../support/estate";
import { stackOf, synthesisedStacks } from "../../../support/synthesised";

const stack = (id: string): StackDescription => {
  const found = listStacks(readEstate(), models).find((each) => each.id === id);
  if (!found) throw new Error(`there is no ${id}`);
  return found;
};

const resource = (
  type: string,
  name: string,
  attributes: Readonly<Record<string, unknown>>,
): StateResource => ({
  mode: "managed",
  type,
  name,
  instances: [{ attributes }],
});

const arn = "arn:aws:sns:us-east-1:222222222222:alerts";
const topic = resource("aws_sns_topic", "topic", { name: "alerts", arn });
const policy = resource("aws_sns_topic_policy", "policy", { arn, policy: "{}" });
const rule = resource("aws_cloudwatch_event_rule", "rule", { name: "nightly", event_bus_name: "default" });

test("what another stack's state holds too is left to it, its parts as well, and the rest is the removed stack's own", () => {
  const removed = {
    stack: { ...stack("prod-mammo-severity"), id: "prod-old" },
    state: { resources: [topic, policy, rule] },
  };
  const other = (...resources: StateResource[]) => ({
    stack: stack("prod-mammo-severity"),
    state: { resources },
  });
  const own = [topic, policy].map((each) => ({ ...each, name: "other" }));
  expect(heldElsewhere(removed, [other(...own)])).toEqual([
    "aws_sns_topic.topic",
    "aws_sns_topic_policy.policy",
  ]);
  expect(heldElsewhere(removed, [other()])).toEqual([]);
});

test("a type of resource that the code has no more has no name to compare", () => {
  const unknown = resource("aws_backup_vault", "vault", { name: "vault" });
  const state = { resources: [unknown] };
  expect(
    heldElsewhere({ stack: stack("prod-state"), state }, [{ stack: stack("prod-foundation"), state }]),
  ).toEqual([]);
});

test("a removed stack's configuration has its state, its account's role, and no resource", () => {
  const sibling = stackOf(synthesisedStacks(), "prod-state");
  const removed = removedConfiguration(sibling as never, "prod-old", ["aws_sns_topic.topic"]);
  expect(Object.keys(removed)).toEqual(["terraform", "provider", "removed"]);
  expect(removed).toMatchObject({
    terraform: { backend: { s3: { ...sibling.terraform.backend.s3, key: "prod-old/terraform.tfstate" } } },
    provider: sibling.provider,
    removed: [{ from: "aws_sns_topic.topic", lifecycle: { destroy: false } }],
  });
});
