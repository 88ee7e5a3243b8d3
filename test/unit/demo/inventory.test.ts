import { parseState } from "../../../deploy/terraform/state-json";
import { describeInventory, takeInventory } from "../../../demo/inventory";

const state = (resources: readonly object[]) =>
  parseState(JSON.stringify({ serial: 1, lineage: "a", resources }));

const inventory = takeInventory({ name: "prod", account: "222222222222" }, [
  state([
    { mode: "managed", type: "aws_sns_topic", instances: [{ attributes: { arn: "arn:topic" } }] },
    { mode: "data", type: "aws_region", instances: [{ attributes: {} }] },
  ]),
  state([{ mode: "managed", type: "aws_kms_alias", instances: [{ attributes: { arn: "arn:alias" } }] }]),
]);

test("an inventory counts managed resources of all stacks by kind, and lists the ARNs people look for", () => {
  expect(inventory).toEqual({
    environment: "prod",
    account: "222222222222",
    counts: { aws_sns_topic: 1, aws_kms_alias: 1 },
    arns: { topic: ["arn:topic"] },
  });
});

test("an inventory is told in lines", () => {
  expect(describeInventory(inventory)).toBe(
    [
      "prod (222222222222): 2 resources",
      "  1 kms_alias, 1 sns_topic",
      "  topic                arn:topic",
    ].join("\n"),
  );
});
