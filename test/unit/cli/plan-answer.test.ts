import { Context } from "../../../cli/context";
import { answerApply } from "../../../cli/plans/apply-answer";
import { answerPlan, type PlanAnswer } from "../../../cli/plans/plan-answer";
import type { ApplyOutcome } from "../../../deploy/plans/apply-estate";
import type { Manifest } from "../../../deploy/plans/manifest/schema";
import type { StackSummary } from "../../../deploy/plans/summary";
import { Kept } from "./support";

const none = { create: 0, change: 0, replace: 0, destroy: 0, import: 0, move: 0, forget: 0, unchanged: 7 };
const quiet: StackSummary = {
  stack: "dev-state",
  environment: "dev",
  account: "111111111111",
  counts: none,
  changes: [],
};
const pending: StackSummary = {
  stack: "prod-mammo-severity",
  environment: "prod",
  account: "222222222222",
  counts: { ...none, change: 1, destroy: 1 },
  changes: [
    { address: "aws_sqs_queue.dead", action: "destroy", losing: "messages not yet taken", attributes: [] },
    {
      address: "aws_cloudwatch_event_rule.nightly",
      action: "change",
      attributes: [{ path: "schedule_expression", before: '"a"', after: '"b"' }],
    },
  ],
};

function screens(json = false, terminal = false) {
  const [out, err] = [new Kept(terminal), new Kept(terminal)];
  return { err, context: new Context({ directory: "/", variables: {}, out, err }, { json }) };
}

const plan = (more: Partial<PlanAnswer> = {}): PlanAnswer => ({
  summaries: [quiet],
  failures: [],
  leftOut: [],
  uncommitted: [],
  manifest: { role: null } as Manifest,
  digest: "d".repeat(64),
  markdown: "",
  affected: undefined,
  out: undefined,
  interrupted: false,
  ...more,
});

describe("what mlops plan says", () => {
  test("nothing pending: a table, and 0", () => {
    const { text, code } = answerPlan(screens().context, plan());
    expect(code).toBe(0);
    expect(text.split("\n")).toEqual([
      "STACK      CREATE  CHANGE  REPLACE  DESTROY  UNCHANGED",
      "dev-state  0       0       0        0        7",
      "",
      "Nothing is pending",
    ]);
  });

  test("pending: the details of what changes and what is lost, how to apply it, and 3", () => {
    const { text, code } = answerPlan(screens().context, plan({ summaries: [quiet, pending], out: "plan" }));
    expect(code).toBe(3);
    expect(text.split("\n").slice(4)).toEqual([
      "prod-mammo-severity: 1 to change, 1 to destroy",
      "  - aws_sqs_queue.dead  (destroy; LOSES MESSAGES NOT YET TAKEN)",
      "  ~ aws_cloudwatch_event_rule.nightly",
      '      schedule_expression: "a" → "b"',
      "",
      "To apply exactly this: mlops apply --from plan",
      `Where others may write to that folder, add what they cannot change: --digest ${"d".repeat(64)}`,
    ]);
  });

  test("a stack that failed: its reason on standard error, what others plan, and 1", () => {
    const { context, err } = screens();
    const failures = [{ stack: "registry", reason: "no bucket" }];
    const answer = answerPlan(context, plan({ summaries: [pending], failures, manifest: undefined }));
    expect(answer.code).toBe(1);
    expect(err.text).toBe("registry failed: no bucket\n");
    expect(answer.text).toContain("prod-mammo-severity: 1 to change");
    expect(answer.text).toMatch(/Failed: registry. Nothing is saved that could be applied$/);
  });

  test("interrupted: 130, whatever else", () => {
    const answer = answerPlan(
      screens().context,
      plan({ summaries: [pending], interrupted: true, manifest: undefined }),
    );
    expect(answer.code).toBe(130);
    expect(answer.text).toMatch(/Interrupted: nothing is saved/);
  });

  test("with --affected: why each stack is in, and what nobody plans any more", () => {
    const affected = {
      commit: "0123456789abcdef",
      stacks: [{ id: "dev-state", reasons: ["aws_s3_bucket.state: tags"] }],
      removed: ["dev-old"],
    };
    const { text, json } = answerPlan(screens().context, plan({ affected }));
    expect(text.split("\n").slice(0, 4)).toEqual([
      "Affected since 0123456789ab:",
      "  dev-state",
      "    aws_s3_bucket.state: tags",
      "  dev-old is no more in the code: what it holds stays until mlops destroy dev-old",
    ]);
    expect(json).toMatchObject({ affected });
    const none = answerPlan(
      screens().context,
      plan({ summaries: [], affected: { ...affected, stacks: [], removed: [] } }),
    );
    expect(none).toMatchObject({
      code: 0,
      text: "No stack is affected since 0123456789ab\n\n\nNothing is pending",
    });
  });

  test("what the code has no more, and still stands, with the command that destroys it", () => {
    const { text, json, code } = answerPlan(
      screens().context,
      plan({ summaries: [quiet], removed: ["prod-old"] }),
    );
    expect(text).toMatch(
      /\nprod-old is no more in the code: what it holds stays until mlops destroy prod-old\nNothing is pending$/,
    );
    expect({ json, code }).toMatchObject({ json: { removed: ["prod-old"] }, code: 0 });
  });

  test("colour for terminals only", () => {
    const escape = String.fromCharCode(27);
    const summaries = [pending];
    expect(answerPlan(screens(false, true).context, plan({ summaries })).text).toContain(escape);
    expect(answerPlan(screens().context, plan({ summaries })).text).not.toContain(escape);
  });

  test("with --json, failures are data and not said twice", () => {
    const { context, err } = screens(true);
    const failures = [{ stack: "registry", reason: "no bucket" }];
    expect(answerPlan(context, plan({ failures })).json).toMatchObject({ failures, stacks: [quiet] });
    expect(err.text).toBe("");
  });
});

describe("what mlops apply says", () => {
  const applied = { planHash: "", appliedAt: "", added: 1, changed: 2, destroyed: 0, imported: 0 };
  const outcomes: ApplyOutcome[] = [
    { stack: "a", outcome: "applied", applied },
    { stack: "b", outcome: "before" },
    { stack: "c", outcome: "unchanged" },
  ];

  test("all done: 0", () => {
    const { text, code } = answerApply(screens().context, outcomes, false);
    expect(code).toBe(0);
    expect(text.split("\n")).toEqual([
      "STACK  OUTCOME         ADDED  CHANGED  DESTROYED",
      "a      applied         1      2        0",
      "b      applied before",
      "c      unchanged",
      "",
      "Applied as planned",
    ]);
  });

  test("done, but alerts reach nobody: each address, and 0", () => {
    const topicArn = "arn:aws:sns:us-east-1:222222222222:alerts";
    const unheard = [{ topicArn, email: "ann@example.com", subscription: "pending" } as const];
    const { text, code, json } = answerApply(screens().context, outcomes, false, unheard);
    expect(code).toBe(0);
    expect(text.split("\n").slice(-2)).toEqual([
      "Applied as planned",
      "ann@example.com gets no alerts from alerts before the link in AWS's mail is followed, within 48 hours",
    ]);
    expect(json).toEqual({ stacks: outcomes, unconfirmed: unheard });
  });

  test("one failed: its reason on standard error, which are left, and 1", () => {
    const { context, err } = screens();
    const answer = answerApply(
      context,
      [...outcomes, { stack: "d", outcome: "failed", reason: "denied" }],
      false,
    );
    expect(answer.code).toBe(1);
    expect(err.text).toBe("d failed: denied\n");
    expect(answer.text).toContain("Failed; not applied as planned: d.");
  });

  test("interrupted: 130 unless all was done by then", () => {
    const { context } = screens();
    expect(answerApply(context, [...outcomes, { stack: "d", outcome: "not begun" }], true).code).toBe(130);
    expect(answerApply(context, outcomes, true).code).toBe(0);
  });
});
