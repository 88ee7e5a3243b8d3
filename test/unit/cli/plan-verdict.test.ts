import { Context } from "../../../cli/context";
import { answerPlan, type PlanAnswer } from "../../../cli/plans/plan-answer";
import type { Manifest } from "../../../deploy/plans/manifest/schema";
import { summarise } from "../../../deploy/plans/summary";
import { created, planOf, resource, stackName } from "../deploy/plans/support/plan-change";
import { Kept } from "./support";

const pending = summarise(stackName, planOf(resource("aws_x.one", created({}))));

function screens() {
  const [out, err] = [new Kept(), new Kept()];
  return { err, context: new Context({ directory: "/", variables: {}, out, err }, {}) };
}

const plan = (more: Partial<PlanAnswer>): PlanAnswer => ({
  summaries: [],
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

test("an account without a state bucket: one line, what others plan and how to apply it, and 1", () => {
  const { context, err } = screens();
  const reason = "account 111111111111 has no state bucket yet: mlops bootstrap dev";
  const leftOut = ["dev-foundation", "dev-model"].map((stack) => ({ stack, reason }));
  const answer = answerPlan(context, plan({ summaries: [pending], leftOut, out: "plan" }));
  expect({ code: answer.code, err: err.text }).toEqual({ code: 1, err: "" });
  expect(answer.text.split("\n")).toContain(`Not planned: dev-foundation, dev-model: ${reason}`);
  expect(answer.text).toMatch(
    /\nTo apply exactly this, without what was not planned: mlops apply --from plan\n/,
  );
  expect(answerPlan(context, plan({ summaries: [], leftOut })).text).toMatch(/\nNothing was planned$/);
});

test("with a role that may only read: no word of applying it", () => {
  const manifest = { role: "ReadOnly" } as Manifest;
  const { text } = answerPlan(screens().context, plan({ summaries: [pending], manifest, out: "plan" }));
  expect(text).not.toContain("mlops apply");
  expect(text).toMatch(/\nFor reading only: planned with the role ReadOnly instead .*, which apply refuses$/);
});

test("with what a stack uses that stands although the code has it no more: that apply refuses it, and no command that would be refused", () => {
  const summaries = [{ ...pending, stillUsed: ["it would destroy what old uses"] }];
  const { text } = answerPlan(screens().context, plan({ summaries, out: "plan" }));
  expect(text).toMatch(/\nit would destroy what old uses\nApply refuses this for now$/);
  expect(text).not.toContain("mlops apply");
});

test("with files that are not committed: that apply will refuse it once they are", () => {
  const uncommitted = ["a", "b", "c", "d", "e\u001b[2J", "f", "g"];
  const { text } = answerPlan(screens().context, plan({ summaries: [pending], uncommitted, out: "plan" }));
  expect(text).toContain(
    "\nNot committed: a, b, c, d, e\\u{1b}[2J, 2 more. Once they are, apply refuses this plan",
  );
  expect(answerPlan(screens().context, plan({ uncommitted })).text).not.toContain("Not committed");
});

test("the digest of what is saved, and whom nobody has to approve any more once it is applied", () => {
  const ending = { ...pending, endsApproval: true };
  const { text, json } = answerPlan(screens().context, plan({ summaries: [ending], out: "plan" }));
  expect(text).toContain(`\nOnce this is applied, nobody has to approve what comes next: ${pending.stack} (`);
  expect(json).toMatchObject({ digest: "d".repeat(64) });
  const unsaved = answerPlan(screens().context, plan({ summaries: [pending] }));
  expect(unsaved.json).toMatchObject({ digest: null });
  expect(unsaved.text).not.toMatch(/nobody has to approve|--digest/);
});
