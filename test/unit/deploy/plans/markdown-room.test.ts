import fc from "fast-check";
import { renderMarkdown, type MarkdownContent } from "../../../../deploy/plans/render/markdown";
import { summarise, type StackSummary } from "../../../../deploy/plans/summary";
import { fenced } from "./support/fenced";
import { created, planOf, resource, stackName, unchanged, updated } from "./support/plan-change";

const render = (summaries: readonly StackSummary[], more: Partial<MarkdownContent> = {}): string =>
  renderMarkdown({ summaries, failures: [], commit: { id: "0".repeat(40), dirty: false }, ...more });

const name = (stack: string) => ({ ...stackName, stack });
const changed = (stack: string, value: string): StackSummary =>
  summarise(name(stack), planOf(resource("aws_x.one", updated({ a: "before" }, { a: value }))));

describe("a comment has room for", () => {
  const longest = 60_000;
  const failure = (stack: string, length: number) => ({ stack, reason: "line\n".repeat(length / 5) });

  test("the start of one that is too long, and all others", () => {
    const failures = [failure("prod-bad", 100_000), failure("prod-worse", 100)];
    const markdown = render([changed("prod-a", "after")], { failures });
    expect(markdown.length).toBeLessThan(25_000);
    expect(markdown).toContain("lines more. Whole: mlops plan prod-bad\n```");
    expect(fenced(markdown)).toHaveLength(3);
  });

  test("as many stacks as fit; the others are counted", () => {
    const failures = Array.from({ length: 10 }, (_, index) => failure(`prod-${index}`, 15_000));
    const markdown = render([changed("prod-a", "after")], { failures });
    expect(markdown.length).toBeLessThanOrEqual(longest);
    const [, left = ""] = markdown.split("There is no room here for\n\n");
    expect(left.match(/^- why prod-\d failed: mlops plan prod-\d$/gm)).toHaveLength(7);
    expect(fenced(markdown).at(-1)).toContain("aws_x.one");
  });

  test("what comes before the details, of however many stacks", () => {
    const ids = Array.from({ length: 600 }, (_, at) => `environment-${at}-a-model-with-quite-a-long-name`);
    const bucket = `aws_s3_bucket.${"x".repeat(120)}`;
    const lost = ids.map((id) =>
      summarise(name(id), planOf(resource(bucket, { ...updated({}, null), actions: ["delete"] }))),
    );
    const markdown = render(lost, {
      leftOut: ids.map((stack) => ({ stack, reason: "account 111111111111 has no state bucket yet" })),
      removed: ids,
      rollout: [ids.map((stack) => ({ stack, appliedBy: "ci" as const, planned: false }))],
    });
    expect(markdown.length).toBeLessThanOrEqual(longest);
    const more = (what: string) => new RegExp(`^… and \\d+ more ${what}s\\.$`, "mg");
    expect(markdown.match(more("stack"))).toHaveLength(3);
    expect(markdown.match(more("resource"))).toHaveLength(1);
    expect(markdown).toContain("characters more)");
  });

  const newResource = (address: string, attribute: string, length: number) => {
    const Statement = Array.from({ length }, (_, index) => ({
      Sid: `Statement${index}`,
      Resource: "x".repeat(80),
    }));
    return resource(address, created({ [attribute]: JSON.stringify({ Statement }) }));
  };

  test("all policies before long definitions; what is left out is named, with where it is whole", () => {
    const summary = summarise(
      stackName,
      planOf(
        newResource("aws_iam_policy.a", "policy", 200),
        newResource("aws_sagemaker_pipeline.p", "pipeline_definition", 300),
      ),
    );
    const markdown = render([summary]);
    expect(markdown.length).toBeLessThanOrEqual(longest);
    expect(markdown).toContain('"Sid": "Statement199"');
    expect(markdown).not.toContain('"Sid": "Statement200"');
    expect(markdown).toContain("prod-model/summary.json among the saved plans, or mlops plan prod-model\n");
    expect(markdown).toMatch(/^ {4}aws_sagemaker_pipeline.p pipeline_definition: \d+ lines$/m);
  });

  test("whatever there is", () => {
    const folds = fc.array(fc.tuple(fc.integer({ min: 1, max: 400 }), fc.boolean()), { maxLength: 300 });
    fc.assert(
      fc.property(folds, fc.integer({ min: 1, max: 30 }), (given, stacks) => {
        const changes = given.map(([length, policy], index) =>
          newResource(`aws_x.r${index}`, policy ? "policy" : "definition", length),
        );
        const summary = summarise(stackName, planOf(...changes));
        expect(render(Array.from({ length: stacks }, () => summary)).length).toBeLessThanOrEqual(longest);
      }),
      { numRuns: 20 },
    );
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
