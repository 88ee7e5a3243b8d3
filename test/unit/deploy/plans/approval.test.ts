import { execFileSync } from "node:child_process";
import { appendFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  approvalDifferences,
  approvalRefusals,
  needsApproval,
  parseApprovers,
} from "../../../../deploy/plans/approval";
import { parseRecord, type AppliedRecord } from "../../../../deploy/estate/applied-record";
import { listStacks } from "../../../../stacks/list";
import { readEstate } from "../../../support/estate";
import { estateFolder } from "../../../support/environments";
import { models } from "../../../../pipelines";
import { temporaryFolder } from "../../../support/temporary-folder";

const stacks = listStacks(readEstate(estateFolder), models);
const stackOf = (id: string, requireApproval: boolean) => {
  const stack = stacks.find((candidate) => candidate.id === id);
  if (!stack) throw new Error(`no stack ${id}`);
  return { ...stack, environment: { ...stack.environment, requireApproval } } as typeof stack;
};

const record = (change: Partial<AppliedRecord> = {}): AppliedRecord => ({
  version: 1,
  stack: "prod-mammo-severity",
  appliedAt: "2025-01-31T23:00:00.000Z",
  planHash: "a".repeat(64),
  manifestDigest: "b".repeat(64),
  commit: null,
  requireApproval: false,
  approvedBy: null,
  build: null,
  ...change,
});

test.each<[string, boolean, AppliedRecord | undefined, boolean]>([
  ["the code asks for it", true, record(), true],
  [
    "it was asked for when it was applied, and the code takes that away",
    false,
    record({ requireApproval: true }),
    true,
  ],
  ["nothing is on record", false, undefined, true],
  ["neither asks", false, record(), false],
])("CI needs an approval where %s: %j", (_, asked, applied, needed) => {
  expect(needsApproval(stackOf("prod-mammo-severity", asked), applied)).toBe(needed);
});

test("a manifest that says nobody has to approve is refused where somebody has to", () => {
  const due = (said: boolean, applied: AppliedRecord | undefined) =>
    approvalDifferences([{ stack: stackOf("prod-mammo-severity", false), record: applied, said }]);
  expect(due(false, undefined)).toEqual([
    "prod-mammo-severity: the manifest says that nobody has to approve it, and somebody has to",
  ]);
  expect([due(true, undefined), due(false, record())]).toEqual([[], []]);
});

test("what administrators apply asks only where the code does", () => {
  expect(needsApproval(stackOf("prod-foundation", false), undefined)).toBe(false);
  expect(needsApproval(stackOf("prod-foundation", true), undefined)).toBe(true);
});

test("a record is read back; what is none of ours counts as none", () => {
  expect(parseRecord(JSON.stringify(record()))).toEqual(record());
  for (const text of [undefined, "", "null", "{}", JSON.stringify({ ...record(), requireApproval: "no" })])
    expect(parseRecord(text)).toBeUndefined();
});

test("approvers are ids with the addresses that they commit with", () => {
  expect(parseApprovers(" alice:Alice@Example.com , bob:bob@a.example:bob@b.example ")).toEqual([
    { id: "alice", emails: ["alice@example.com"] },
    { id: "bob", emails: ["bob@a.example", "bob@b.example"] },
  ]);
  expect(parseApprovers("")).toEqual([]);
});

test.each(["alice", "alice:", ":a@example.com", "alice:alice", "alice:a@example.com,bob"])(
  "%s names somebody of whom nobody knows what they wrote",
  (list) => {
    expect(() => parseApprovers(list)).toThrow("--approvers must be like alice:alice@example.com");
  },
);

describe("who may approve", () => {
  const approvers = parseApprovers("alice:alice@example.com,bob:bob@example.com:7+bob@users.example");
  let repository: string;
  let [first, last] = ["", ""];

  const git = (author: string, ...args: string[]): string =>
    execFileSync("git", ["-c", `user.name=${author}`, "-c", `user.email=${author}@example.com`, ...args], {
      cwd: repository,
      encoding: "utf8",
    }).trim();
  const commit = (author: string, message = "change", file = `${author}.ts`): string => {
    mkdirSync(dirname(join(repository, file)), { recursive: true });
    appendFileSync(join(repository, file), "// one line more\n");
    git(author, "add", "--all");
    git(author, "commit", "--quiet", "--message", message);
    return git(author, "rev-parse", "HEAD");
  };

  beforeAll(() => {
    repository = temporaryFolder();
    git("alice", "init", "--quiet", "--initial-branch", "main");
    [first = "", , last = ""] = ["alice", "bob", "carol"].map((name) => commit(name));
  });

  const refusals = (
    approvedBy: string | undefined,
    head: string | null,
    since: string | null,
    by = approvers,
  ) =>
    approvalRefusals(
      { approvers: by, approvedBy },
      [{ stack: stackOf("prod-mammo-severity", true), record: record({ commit: since }) }],
      { commit: { id: head, dirty: false } },
      repository,
    );

  test("one of them who wrote none of what comes", async () => {
    expect(await refusals("alice", last, first)).toEqual([]);
  });

  test.each<[string, () => Promise<string[]>, string]>([
    ["nobody where none is named", () => refusals("alice", last, null, []), "names no one"],
    ["not nobody", () => refusals(undefined, last, null), "must be approved by one of alice, bob"],
    [
      "not an administrator who is not named",
      () => refusals("admin", last, null),
      "approved by admin, who is none of",
    ],
    [
      "not the author",
      () => refusals("bob", last, first),
      "approved by bob, who wrote some of it (bob@example.com): somebody else has to",
    ],
    ["not where no commit is known", () => refusals("alice", null, null), "nobody can tell who wrote"],
  ])("%s", async (_, refused, reason) => {
    expect(await refused()).toEqual([expect.stringContaining(reason)]);
  });

  test("what was never applied counts from the commit itself, a merge from what it merged", async () => {
    expect(await refusals("bob", last, null)).toEqual([]);
    git("carol", "checkout", "--quiet", "-b", "branch");
    commit("carol", "more\n\nCo-authored-by: Bob <7+BOB@users.example>");
    git("carol", "checkout", "--quiet", "main");
    git("alice", "merge", "--quiet", "--no-ff", "--message", "Merge", "branch");
    const merge = git("alice", "rev-parse", "HEAD");
    expect(await refusals("alice", merge, null)).toEqual([]);
    expect(await refusals("bob", merge, null)).toEqual([expect.stringContaining("7+bob@users.example")]);
  });

  test("who wrote about it, or a test, wrote nothing that is applied", async () => {
    commit("bob", "words", "README.md");
    commit("bob", "words", "docs/adr/0001.md");
    const head = commit("bob", "a test", "test/unit/x.test.ts");
    expect(await refusals("bob", head, last)).toEqual([expect.stringContaining("7+bob@users.example")]);
    expect(await refusals("bob", head, git("bob", "rev-parse", "HEAD~3"))).toEqual([]);
  });

  test("a commit that the clone does not have is a reason, not an approval", async () => {
    expect(await refusals("alice", last, "0".repeat(40))).toEqual([
      expect.stringMatching(
        /who wrote what was approved cannot be told\. Git cannot read .* Fetch what was applied last/,
      ),
    ]);
  });

  test("what needs none is not looked at", async () => {
    const due = [{ stack: stackOf("prod-mammo-severity", false), record: record() }];
    const none = { approvers: [], approvedBy: undefined };
    expect(await approvalRefusals(none, due, { commit: { id: null, dirty: false } }, repository)).toEqual([]);
  });
});
