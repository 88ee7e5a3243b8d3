import fc from "fast-check";
import { renderMarkdown, type MarkdownContent } from "../../../../deploy/plans/render/markdown";
import { summarise, type StackSummary } from "../../../../deploy/plans/summary";
import { created, planOf, resource, stackName, updated, unchanged } from "./support/plan-change";

const commit = { id: "0123456789abcdef".repeat(3).slice(0, 40), dirty: false };

const render = (summaries: readonly StackSummary[], more: Partial<MarkdownContent> = {}): string =>
  renderMarkdown({ summaries, failures: [], commit, ...more });

const name = (stack: string) => ({ ...stackName, stack });
const changed = (stack: string, value: string): StackSummary =>
  summarise(name(stack), planOf(resource("aws_x.one", updated({ a: "before" }, { a: value }))));

/** The fenced texts of a Markdown document, as GitHub reads fences: to the next line of as many backticks. */
function fenced(markdown: string): string[] {
  const texts: string[] = [];
  let open: { fence: string; lines: string[] } | undefined;
  for (const line of markdown.split("\n")) {
    if (open && /^ {0,3}`+\s*$/.test(line) && line.trim().length >= open.fence.length) {
      texts.push(open.lines.join("\n"));
      open = undefined;
    } else if (open) open.lines.push(line);
    else {
      const fence = /^ {0,3}(`{3,})[^`]*$/.exec(line)?.[1];
      if (fence !== undefined) open = { fence, lines: [] };
    }
  }
  expect(open).toBeUndefined();
  return texts;
}

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
      expect(failure).toBe(reason);
      expect(details).toContain(address);
      expect(why).toContain(value);
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

describe("a comment has room for", () => {
  const longest = 60_000;
  const failure = (stack: string, length: number) => ({ stack, reason: "line\n".repeat(length / 5) });

  test("the start of one that is too long, and all others", () => {
    const failures = [failure("prod-bad", 100_000), failure("prod-worse", 100)];
    const markdown = render([changed("prod-a", "after")], { failures });
    expect(markdown.length).toBeLessThan(25_000);
    expect(markdown).toContain("… and more: see the archived plan\n```");
    expect(fenced(markdown)).toHaveLength(3);
  });

  test("as many stacks as fit; the others are counted", () => {
    const failures = Array.from({ length: 10 }, (_, index) => failure(`prod-${index}`, 15_000));
    const markdown = render([changed("prod-a", "after")], { failures });
    expect(markdown.length).toBeLessThanOrEqual(longest);
    expect(markdown).toContain("… and the details of 7 more stacks: see the archived plan.");
    expect(fenced(markdown).at(-1)).toContain("aws_x.one");
  });

  test("the most that an estate can lose, and its stacks with changes", () => {
    const losing = summarise(
      stackName,
      planOf(
        ...Array.from({ length: 900 }, (_, index) =>
          resource(`aws_s3_bucket.bucket_with_a_long_name["${index}"]`, {
            actions: ["delete"],
            before: {},
            after: null,
          }),
        ),
      ),
    );
    const idle = Array.from({ length: 900 }, (_, index) => unchanged(name(`env${index}-foundation`), 7));
    const markdown = render([...idle, losing]);
    expect(markdown.length).toBeLessThanOrEqual(longest);
    expect(markdown).toContain("\n… and 700 more resources.\n");
    expect(markdown).toContain("\n… and 701 more stacks.\n");
    expect(markdown).toContain("| prod-model | 0 | 0 | 0 | 900 | 0 |");
    expect(markdown.match(/^\| env/gm)).toHaveLength(199);
  });
});

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
    "prod-a\n  its policy\nold is no more in the code: what it holds stays until it is destroyed",
  ]);
  expect(render([], { affected: { ...affected, stacks: [], removed: [] } })).toContain(
    "No stack is affected since <code>0123456789ab</code>.",
  );
});
