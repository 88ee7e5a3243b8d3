import { adviceOnRemovedBy } from "../../../../deploy/removal/advice";

const commit = "0123456789abcdef";

test("a stack of an environment that stays has its command", () => {
  expect(adviceOnRemovedBy({ commit, stacks: [], removed: ["dev-old"] })).toEqual([
    "dev-old is no more in the code: what it holds stays until mlops destroy dev-old",
  ]);
});

test("an environment that goes with its file is no name for a command any more: the files as they were are", () => {
  const removed = [
    "dev-old",
    "registry",
    "registry-state",
    "staging-foundation",
    "staging-model",
    "staging-state",
  ];
  expect(adviceOnRemovedBy({ commit, stacks: [], removed, environments: "teams/ml/environments" })).toEqual([
    "dev-old is no more in the code: what it holds stays until mlops destroy dev-old",
    "registry, registry-state: the environment registry is no more in the files: what it holds stays until " +
      "git worktree add ../before 0123456789ab and mlops destroy registry --environments ../before/teams/ml/environments",
    "staging-foundation, staging-model, staging-state: the environment staging is no more in the files: what it holds " +
      "stays until git worktree add ../before 0123456789ab and " +
      "mlops destroy staging --environments ../before/teams/ml/environments",
  ]);
});
