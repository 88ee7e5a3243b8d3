import { differences } from "../../../../deploy/affected/differences";
import type { Stacks } from "../../../../deploy/affected/stack-files";
import { renderMarkdown } from "../../../../deploy/plans/render/markdown";
import { describeRollout, inCodeOf, rolloutOf } from "../../../../deploy/plans/rollout";
import { listStacks } from "../../../../stacks/list";
import { changedEstate, changes, type EstateChange } from "../../../support/changed-estate";
import { changedStacks } from "../../../support/synthesised";

const stacksOf = (change: EstateChange): Stacks =>
  Object.fromEntries(
    Object.entries(changedStacks(change)).map(([id, stack]) => [
      id,
      { configuration: { ...stack }, assets: {} },
    ]),
  );

/** A pull request that adds a model, as Jenkins plans it: what it applies itself. */
const files = { before: stacksOf({}), after: stacksOf(changes["a model added"]) };
const affected = { commit: "0123456789abcdef", ...differences(files.before, files.after), files };
const { estate, models } = changedEstate(changes["a model added"]);
const rollout = rolloutOf(affected, listStacks(estate, models), new Set(["prod-three-pipelines"]));

test("every stack that a change concerns is named, in order, with who applies it and whether it is planned here", () => {
  expect(describeRollout(rollout)).toEqual([
    "1. an administrator: prod-foundation (not planned here), registry (not planned here)",
    "2. the CI server: prod-three-pipelines",
  ]);
});

test("what the code changes in those that are not planned here is shown, policies as well", () => {
  const found = inCodeOf(rollout);
  expect(found.map(({ stack, counts }) => [stack, counts])).toMatchObject([
    ["prod-foundation", { create: 23, change: 9, destroy: 0 }],
    ["registry", { create: 2, change: 0, destroy: 0 }],
  ]);
  const addresses = found.flatMap(({ changes: all }) =>
    all.map(({ address }) => address.replace(/_[0-9A-F]{8}$/, "")),
  );
  expect(addresses).toContain(
    "aws_iam_policy.roles-of-three-pipelines_execution_three-pipelines-train-permissions",
  );
  const policy = found
    .flatMap(({ changes: all }) => all)
    .find(({ address }) => address.startsWith("aws_iam_policy.deploy-role_jenkins-manages-lambda"));
  expect(policy?.attributes.map(({ path }) => path)).toEqual([expect.stringMatching(/^policy\b/)]);
  expect(JSON.stringify(policy?.attributes)).toContain("function:three-pipelines-latest-approved-model");
});

test("reviewers read it in Markdown, before the details", () => {
  const commit = { id: "0".repeat(40), dirty: false };
  const text = renderMarkdown({ summaries: [], failures: [], commit, affected, rollout });
  expect(text).toContain(
    "**Who applies what, in this order:**\n\n1. an administrator: prod-foundation (not planned here), registry (not planned here)\n2. the CI server: prod-three-pipelines\n",
  );
  expect(text).toContain("<code>prod-foundation</code>");
  expect(text).toContain("three-pipelines-train-permissions");
});

test("a change that is planned as a whole, and goes at once, needs no order", () => {
  const [, models_ = []] = rollout;
  expect(describeRollout([models_])).toEqual([]);
  expect(describeRollout([])).toEqual([]);
});

test("where the other commit does not tell, the stacks are named all the same", () => {
  const { commit, stacks: differing, removed } = affected;
  const stacks = rolloutOf({ commit, stacks: differing, removed }, listStacks(estate, models), new Set());
  expect(stacks.flat().map(({ stack }) => stack)).toEqual([
    "prod-foundation",
    "registry",
    "prod-three-pipelines",
  ]);
  expect(inCodeOf(stacks)).toEqual([]);
});
