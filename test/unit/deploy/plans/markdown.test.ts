import fc from "fast-check";
import { renderMarkdown, type MarkdownContent } from "../../../../deploy/plans/render/markdown";
import { printable, printableLines } from "../../../../deploy/plans/render/printable";
import { summarise, type StackSummary } from "../../../../deploy/plans/summary";
import { fenced } from "./support/fenced";
import { created, planOf, resource, stackName, updated, unchanged } from "./support/plan-change";

const commit = { id: "0123456789abcdef".repeat(3).slice(0, 40), dirty: false };

const render = (summaries: readonly StackSummary[], more: Partial<MarkdownContent> = {}): string =>
  renderMarkdown({ summaries, failures: [], commit, ...more });

const name = (stack: string) => ({ ...stackName, stack });
const changed = (stack: string, value: string): StackSummary =>
  summarise(name(stack), planOf(resource("aws_x.one", updated({ a: "before" }, { a: value }))));

test("says which commit, counts each stack in a table, and folds the details away", () => {
  expect(render([changed("prod-a", "after"), unchanged(name("prod-b"), 7)])).toBe(
    [
      "## Plan: changes in 1 stack",
      "",
      "Commit `0123456789ab`.",
      "",
      "| stack | create | change | replace | destroy | unchanged |",
      "| --- | --: | --: | --: | --: | --: |",
      "| prod-a | 0 | 1 | 0 | 0 | 0 |",
      "| prod-b | 0 | 0 | 0 | 0 | 7 |",
      "",
      "<details><summary><code>prod-a</code>: 1 to change</summary>",
      "",
      "```diff",
      "! aws_x.one",
      '    a: "before" → "after"',
      "```",
      "",
      "</details>",
      "",
    ].join("\n"),
  );
});

test.each([
  [{ id: null, dirty: false }, "Outside of a git repository."],
  [{ ...commit, dirty: true }, "Commit `0123456789ab`, with changes that are not committed."],
])("the commit %j", (given, line) => {
  expect(render([], { commit: given }).split("\n")[2]).toBe(line);
});

test("what holds data and goes is said before the details", () => {
  const bucket = resource("aws_s3_bucket.data", { actions: ["delete"], before: {}, after: null });
  const key = resource("aws_kms_key.key", updated({}, {}, { actions: ["delete", "create"] }));
  const [head] = render([summarise(stackName, planOf(bucket, key))]).split("<details>");
  expect(head).toContain("- `prod-model`: destroy `aws_s3_bucket.data`, losing objects");
  expect(head).toContain("- `prod-model`: replace `aws_kms_key.key`, losing the means to read");
});

test("a new policy is whole, in a fold of its own; a changed one is a difference", () => {
  const statement = (Sid: string) => ({
    Sid,
    Effect: "Allow",
    Action: ["s3:GetObject"],
    Resource: "x".repeat(80),
  });
  const policy = (...Sids: string[]) => JSON.stringify({ Statement: Sids.map(statement) });
  const markdown = render([
    summarise(
      stackName,
      planOf(
        resource('aws_iam_policy.new["<b>"]', created({ policy: policy("One", "Two") })),
        resource("aws_iam_policy.old", updated({ policy: policy("One") }, { policy: policy("One", "Two") })),
      ),
    ),
  ]);
  const [changes, whole] = fenced(markdown);
  expect(changes).toContain("    policy: new, 16 lines, below");
  expect(changes).toContain('    policy.Statement[Two]:\n+       {\n+         "Sid": "Two"');
  expect(markdown).toContain("<summary>aws_iam_policy.new[&quot;&lt;b&gt;&quot;] policy: 16 lines</summary>");
  expect(whole).toContain('+       "Sid": "One"');
  expect(whole).toContain('+       "Sid": "Two"');
  expect(whole?.split("\n").every((line) => line.startsWith("+ "))).toBe(true);
});

test("what only repairs configuration drift is told apart from a change of the code", () => {
  const drift = { resource_drift: [resource("aws_x.one", updated({ a: "code" }, { a: "hand" }))] };
  const repaired = resource("aws_x.one", updated({ a: "hand" }, { a: "code" }));
  const summary = summarise(stackName, { ...planOf(repaired, resource("aws_x.two", created({}))), ...drift });
  const markdown = render([summary]);
  expect(markdown).toContain(
    "Of 2 resources, 1 is changed or gone outside of the code, and put back (configuration drift).",
  );
  expect(fenced(markdown)[0]).toContain("! aws_x.one  (repairs configuration drift)");
});

test("who approves is told where nobody has to any more once it is applied", () => {
  const summary = summarise(stackName, planOf(resource("aws_x.one", created({}))));
  expect(render([{ ...summary, endsApproval: true }])).toContain(
    `**Once this is applied, nobody has to approve what comes next: ${stackName.stack} (requireApproval is taken away).**`,
  );
  expect(render([summary])).not.toContain("nobody has to approve");
});

test("who reviews is told of what an apply refuses, as what stands uses it", () => {
  const summary = summarise(stackName, planOf(resource("aws_x.one", created({}))));
  const lines = "**Apply refuses this for now:**\n\n- old uses it\n";
  expect(render([{ ...summary, stillUsed: ["old uses it"] }])).toContain(lines);
});

test("signs are where a renderer of differences colours them by", () => {
  const markdown = render([
    summarise(
      stackName,
      planOf(
        resource("aws_x.new", created({})),
        resource("aws_x.old", { actions: ["delete"], before: {}, after: null }),
        resource("aws_x.again", updated({}, {}, { actions: ["create", "delete"] })),
      ),
    ),
  ]);
  expect(
    fenced(markdown)
      .join("\n")
      .match(/^\S+ aws.*$/gm),
  ).toEqual(["- aws_x.old  (destroy)", "-+ aws_x.again  (replace)", "+ aws_x.new"]);
});

const nasty = fc
  .array(
    fc.constantFrom("`", "```", "````", "\n", "</details>", "<b>", "@team", "x", "~~~", "\r", "\u2028"),
    {
      maxLength: 12,
    },
  )
  .map((parts) => parts.join(""));

test("no value, address or reason breaks out of its fence", () => {
  fc.assert(
    fc.property(nasty, nasty, (value, reason) => {
      const address = `aws_s3_bucket.b[${JSON.stringify(value)}]`;
      const plan = planOf(
        resource(address, { actions: ["delete"], before: {}, after: null }),
        resource("aws_x.one", updated({ a: "" }, { a: value, [value]: "x" })),
      );
      const markdown = render([summarise(stackName, plan)], {
        failures: [{ stack: "prod-bad", reason }],
        affected: { commit: commit.id, stacks: [{ id: "prod-model", reasons: [value] }], removed: [] },
      });
      const [failure = "", details = "", why = ""] = fenced(markdown);
      expect(failure).toBe(printableLines(reason).join("\n"));
      expect(details).toContain(printable(address));
      expect(why).toContain(printableLines(value).at(-1));
      expect(markdown).not.toMatch(/[\p{Cf}\u2028]|(?!\n)\p{Cc}/u);
      let outside = markdown;
      for (const text of [failure, details, why]) outside = outside.replace(text, "");
      expect(outside.match(/<\/details>/g)).toHaveLength(3 + (value.match(/<\/details>/g)?.length ?? 0));
    }),
  );
});

test.each(["a`b", "`", "``a`", "<img src=x>", "a"])(
  "an address with %s stays code among the losses",
  (key) => {
    const address = `aws_s3_bucket.b["${key}"]`;
    const gone = resource(address, { actions: ["delete"], before: {}, after: null });
    const line = /^- .*$/m.exec(render([summarise(stackName, planOf(gone))]))?.[0] ?? "";
    const [fence = "", ...parts] = line
      .slice(line.indexOf("destroy ") + 8)
      .split(/(?<!`)(`+)(?!`)/)
      .slice(1);
    const end = parts.indexOf(fence);
    expect(parts.slice(0, end).join("")).toBe(address);
    expect(parts.slice(end + 1).join("")).toBe(", losing objects");
  },
);

test("a plan without changes, and one that failed, say so", () => {
  expect(render([unchanged(stackName, 1)])).toMatch(/^## Plan: nothing pending\n/);
  const failures = [{ stack: "prod-bad", reason: "Error: no" }];
  expect(render([changed("prod-a", "after")], { failures })).toMatch(/^## Plan: 1 stack failed\n/);
});

test("why each stack is in, and which are no more", () => {
  const affected = {
    commit: commit.id,
    stacks: [{ id: "prod-a", reasons: ["its policy"] }],
    removed: ["old"],
  };
  expect(fenced(render([], { affected }))).toEqual([
    "prod-a\n  its policy\nold is no more in the code: what it holds stays until mlops destroy old",
  ]);
  expect(render([], { affected: { ...affected, stacks: [], removed: [] } })).toContain(
    "No stack is affected since <code>0123456789ab</code>.",
  );
});

test("what the code has no more, and still stands", () => {
  expect(render([unchanged(stackName, 1)], { removed: ["prod-old"] })).toContain(
    "**No more in the code, and still there:**\n\n- prod-old is no more in the code: what it holds stays until mlops destroy prod-old\n",
  );
});
