import {
  codeDifferences,
  stackDifferences,
  type PresentStack,
} from "../../../../deploy/plans/manifest/differences";
import type { ManifestStack } from "../../../../deploy/plans/manifest/schema";

const hash = (letter: string): string => letter.repeat(64);

const planned: ManifestStack = {
  id: "prod-mammo-severity",
  environment: "prod",
  account: "222222222222",
  region: "us-east-1",
  appliedBy: "ci",
  requireApproval: true,
  synthHash: hash("a"),
  providers: { "registry.terraform.io/hashicorp/aws": "5.100.0" },
  providerLockHash: hash("b"),
  state: { serial: 7, lineage: "line" },
  planHash: hash("c"),
  counts: { create: 1, change: 0, replace: 0, destroy: 0, import: 0, move: 0, forget: 0, unchanged: 0 },
  losses: [],
};
const { account, region, appliedBy, synthHash, providers, providerLockHash, state, planHash } = planned;
const present: PresentStack = {
  ...{ account, region, appliedBy, synthHash, providers, providerLockHash, state, planHash },
  lock: undefined,
};
const lock = { id: "1", who: "ann@laptop", operation: "OperationTypeApply", since: "2025-01-31T23:00:00Z" };

describe("of a stack", () => {
  test("nothing where nothing differs", () => {
    expect(stackDifferences(planned, present)).toEqual([]);
  });

  test.each<[Partial<PresentStack>, string]>([
    [{ account: "111111111111" }, "account planned with 222222222222, now 111111111111"],
    [{ region: "eu-west-1" }, "region planned with us-east-1, now eu-west-1"],
    [{ appliedBy: "administrator" }, "applied by planned with ci, now administrator"],
    [{ synthHash: hash("f") }, "synthesised files planned with aaaaaaaaaaaa, now ffffffffffff"],
    [{ providers: {} }, "providers planned with registry.terraform.io/hashicorp/aws 5.100.0, now "],
    [{ providerLockHash: hash("f") }, ".terraform.lock.hcl planned with bbbbbbbbbbbb, now ffffffffffff"],
    [{ planHash: hash("f") }, "saved plan planned with cccccccccccc, now ffffffffffff"],
    [{ planHash: undefined }, "saved plan planned with cccccccccccc, now gone"],
    [{ state: { serial: 8, lineage: "line" } }, "state has moved on since the plan (serial 7, now 8)"],
    [{ state: { serial: 7, lineage: "other" } }, "state planned on is another one (lineage line, now other)"],
    [
      { lock },
      "state locked by ann@laptop since 2025-01-31T23:00:00Z for OperationTypeApply; if that run is dead: mlops unlock prod-mammo-severity",
    ],
  ])("%j", (change, difference) => {
    expect(stackDifferences(planned, { ...present, ...change })).toEqual([
      `prod-mammo-severity: ${difference}`,
    ]);
  });

  test("all at once", () => {
    const other: PresentStack = { ...present, account: "1", region: "r", synthHash: hash("f"), lock };
    expect(stackDifferences(planned, other)).toHaveLength(4);
  });

  test("a stack that is no more", () => {
    expect(stackDifferences(planned, undefined)).toEqual([
      "prod-mammo-severity: the estate has no such stack any more",
    ]);
  });
});

describe("of the code", () => {
  const code = {
    commit: { id: "1".repeat(40), dirty: false },
    packageLockHash: hash("a"),
    terraform: "1.11.4",
  };

  test.each([
    [{}, []],
    [
      { commit: { id: "2".repeat(40), dirty: false } },
      ["commit planned 111111111111, checked out 222222222222"],
    ],
    [{ commit: { id: null, dirty: false } }, ["commit planned 111111111111, checked out none"]],
    [
      { commit: { ...code.commit, dirty: true } },
      ["tracked files have been changed since the commit was planned"],
    ],
    [{ packageLockHash: hash("b") }, ["package-lock.json planned with aaaaaaaaaaaa, now bbbbbbbbbbbb"]],
    [{ terraform: "1.12.0" }, ["Terraform planned with 1.11.4, now 1.12.0"]],
  ])("%j", (change, differences) => {
    expect(codeDifferences(code, { ...code, ...change })).toEqual(differences);
  });
});
