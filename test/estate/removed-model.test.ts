import { ListModelPackageGroupsCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";
import { AppliedEstate } from "../support/applied-estate";
import { changes } from "../support/changed-estate";
import { changedStacks, stackOf } from "../support/synthesised";
import { threePipelines } from "../support/three-pipelines";
import { ChangedStacks, withoutHash } from "./support/changed-stacks";

const stack = `prod-${threePipelines.name}`;
const groupName = threePipelines.modelPackageGroup;
const group = `aws_sagemaker_model_package_group.${groupName}_group`;
const groupPolicy = `aws_sagemaker_model_package_group_policy.${groupName}_policy`;

let applied: AppliedEstate;

beforeAll(async () => {
  applied = await AppliedEstate.copy();
});
afterAll(() => applied.stop());

async function groups(): Promise<unknown[]> {
  const sagemaker = new SageMakerClient(await applied.access("registry"));
  const { ModelPackageGroupSummaryList = [] } = await sagemaker.send(new ListModelPackageGroupsCommand());
  return ModelPackageGroupSummaryList.map(({ ModelPackageGroupName }) => ModelPackageGroupName);
}

test("a model added makes its stack and its package group, the registry and the foundation first", async () => {
  const added = new ChangedStacks(applied, "added", changes["a model added"]);
  await added.planned([stack]);
  const refused = await added.apply([stack]).catch((error: unknown) => (error as Error).message);
  expect(refused).toMatch(
    new RegExp(
      `^Nothing was applied:\n  ${stack}: registry has to be applied first, by an administrator: the package group ` +
        `${groupName} is not there.*\n  ${stack}: prod-foundation has to be applied first, by an administrator: the policy`,
    ),
  );
  const ids = ["registry", "prod-foundation", stack];
  const { create } = await added.planned(ids);
  expect(create).toContain(`registry ${group}`);
  expect(await added.apply(ids)).toEqual(Object.fromEntries(ids.map((id) => [id, "applied"])));
  expect(await groups()).toContain(groupName);
});

test("removed again, its stack is found, planned as all it holds destroyed, and is gone when that is applied", async () => {
  const removed = new ChangedStacks(applied, "removed", {});
  expect(await removed.addRemoved("prod")).toEqual([stack]);

  const { resource } = stackOf(changedStacks(changes["a model added"]), stack);
  const addresses = Object.entries(resource).flatMap(([type, names]) =>
    Object.keys(names).map((name) => `${type}.${name}`),
  );
  // What it uses goes after it: its executions and functions would go on without roles.
  const foundation = await removed.planned(["prod-foundation"]);
  expect(foundation.destroy).toContainEqual(expect.stringMatching(/^prod-foundation aws_iam_role\./));
  await expect(removed.apply(["prod-foundation"])).rejects.toThrow(
    new RegExp(
      `prod-foundation: would destroy what ${stack} uses, .*: aws_iam_role\\..*; mlops destroy ${stack} first`,
    ),
  );

  const { destroy = [], ...others } = await removed.planned([stack]);
  expect(others).toEqual({});
  expect(destroy.toSorted()).toEqual(
    addresses.map((address) => `${stack} ${withoutHash(address)}`).toSorted(),
  );

  const queue = addresses.filter((address) => address.startsWith("aws_sqs_queue."));
  await expect(removed.apply([stack])).rejects.toThrow(
    `${stack}: would destroy ${queue.join("")} and lose messages not yet taken`,
  );
  expect(await removed.apply([stack], queue)).toEqual({ [stack]: "applied" });
  expect(await new ChangedStacks(applied, "gone", {}).addRemoved("prod")).toEqual([]);
});

test("its package group is destroyed only by name, or kept on AWS", async () => {
  const removed = new ChangedStacks(applied, "kept", {});
  expect(await removed.planned(["registry"])).toEqual({
    destroy: [`registry ${groupPolicy}`, `registry ${group}`],
  });
  const [, address = ""] = await removed.apply(["registry"]).then(
    () => [],
    (error: unknown) => /plan with --keep '([^']*)'/.exec((error as Error).message) ?? [],
  );
  expect(withoutHash(address)).toBe(group);
  expect(await removed.planned(["registry"], [address])).toEqual({
    destroy: [`registry ${groupPolicy}`],
    forget: [`registry ${group}`],
  });
  expect(await removed.apply(["registry"])).toEqual({ registry: "applied" });
  expect(await groups()).toContain(groupName);
  expect(await removed.planned(["registry"])).toEqual({});
});
