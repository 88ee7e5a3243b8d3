import { applyingTo, onMain, planning, planningChange, pullRequest } from "./builds";
import type { Scenario } from "./events";
import { outside } from "./server-role";

const changed = planning(3);
const toApprove = planning(3, ["prod"]);
const both = applyingTo("dev", "prod");
const dev = planning(3, [], "this build", "dev");

/** What may happen to a build, by name. */
export const scenarios: readonly Scenario[] = [
  pullRequest({ name: "pull request", shell: [planningChange(3)] }),
  pullRequest({ name: "fork", env: { CHANGE_FORK: "somebody" }, shell: [planningChange(3)] }),
  pullRequest({ name: "pull request whose plan fails", shell: [planningChange(1)] }),
  onMain({ name: "two accounts", shell: [both, dev, toApprove], approver: "bob" }),
  onMain({ name: "two accounts, changes in one", shell: [both, planning(0, [], "", "dev"), toApprove] }),
  onMain({
    name: "two accounts, both to approve",
    shell: [both, planning(3, ["dev"], "", "dev"), toApprove],
  }),
  onMain({
    name: "two accounts, the first fails",
    shell: [both, dev, toApprove, { match: "mlops apply", env: { APPLY_TO: "dev" }, exit: 1 }],
  }),
  onMain({ name: "main", shell: [changed] }),
  onMain({ name: "outside of AWS", shell: [changed], env: outside }),
  pullRequest({ name: "pull request, outside of AWS", shell: [planningChange(3)], env: outside }),
  onMain({ name: "main of a multibranch job", env: { BRANCH_NAME: "main" }, shell: [changed] }),
  onMain({ name: "branch", env: { BRANCH_NAME: "feature" }, shell: [changed] }),
  onMain({ name: "branch called origin/main", env: { BRANCH_NAME: "origin/main" }, shell: [changed] }),
  onMain({ name: "nothing to do", shell: [planning(0)] }),
  onMain({ name: "approved", shell: [toApprove], approver: "bob" }),
  onMain({ name: "approved by an administrator whom nobody named", shell: [toApprove], approver: "admin" }),
  onMain({ name: "nobody may approve", shell: [toApprove], env: { MLOPS_APPROVERS: "" } }),
  onMain({ name: "refused", shell: [toApprove], input: "refuse" }),
  onMain({ name: "not answered", shell: [toApprove], input: "expire" }),
  onMain({
    name: "other account",
    params: { prodAccount: "999999999999" },
    shell: [{ match: "mlops environments", exit: 2 }],
  }),
  onMain({ name: "unknown parameter", params: { other: "x" }, shell: [changed] }),
  onMain({ name: "verify fails", shell: [{ match: "run --silent verify", exit: 1 }] }),
  onMain({ name: "plan fails", shell: [planning(1)] }),
  onMain({
    name: "plan fails and nobody is to be told",
    env: { MLOPS_ALERT_EMAILS: "" },
    shell: [planning(1)],
  }),
  onMain({ name: "apply fails", shell: [changed, { match: "mlops apply", exit: 1 }] }),
  onMain({
    name: "an earlier build has left its own about",
    left: {
      "plan/old/plan.tfplan": "old",
      "node_modules/commander/index.js": "planted",
      ".git/hooks/post-checkout": "planted",
      ".cache/terraform/terraform": "planted",
    },
    shell: [changed],
  }),
  onMain({
    name: "merged meanwhile",
    shell: [changed],
    checkouts: [
      { GIT_BRANCH: "origin/main", GIT_COMMIT: "planned" },
      { GIT_BRANCH: "origin/main", GIT_COMMIT: "newer" },
    ],
  }),
  onMain({
    name: "manifest without approvals",
    shell: [{ ...changed, files: { "plan/prod/manifest.json": "{}" } }],
  }),
  onMain({
    name: "second build while one waits",
    shell: [planning(3, ["prod"], "the first build")],
    arrival: { at: "^input$", build: onMain({ name: "", shell: [planning(3, [], "the second build")] }) },
  }),
  onMain({
    name: "second build while one applies",
    shell: [changed],
    arrival: { at: "mlops apply", build: onMain({ name: "", shell: [changed] }) },
  }),
];
