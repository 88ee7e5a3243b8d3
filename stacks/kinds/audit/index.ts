import type { Environment } from "../../../config/schema";
import { topicArn } from "../../../core/arns";
import { auditStackId } from "../../../core/stack-ids";
import { managedByAdministrators, nothingByHand, type StackKind } from "../../kind";
import { accountRegionOf } from "../../topology";
import { auditNames } from "./names";

/** `<env>-audit`: what is done in an account, where its file asks for that. */
export const auditKind: StackKind = {
  kind: "audit",
  title: "audit trails",
  in: "every",
  wave: "base",
  settings: undefined,
  rules: [],
  instances: (account) => (account.audit === undefined ? [] : [{ id: auditStackId(account) }]),
  create: (app, stack, context) => {
    const { AuditStack } = require("./audit-stack") as typeof import("./audit-stack");
    new AuditStack(app, stack.id, { ...context.propsOf(stack), audit: auditOf(stack.environment) });
  },
  appliedBy: () => "administrator",
  contents: (estate, { environment }) => {
    const { trail, bucket } = auditNames(estate, environment);
    return [
      `trail ${trail} in ${auditOf(environment).bucket ?? bucket}`,
      "alerts on keys, trails and approvals",
    ];
  },
  links: () => [],
  needs: () => [],
  byHand: (estate, { environment }) => ({
    ...nothingByHand,
    mail: [
      {
        topicArn: topicArn(accountRegionOf(environment), auditNames(estate, environment).topic),
        emails: auditOf(environment).alertEmails,
      },
    ],
  }),
  manages: () => managedByAdministrators,
};

/** @throws Error where the account has no trail */
function auditOf({ name, audit }: Environment): NonNullable<Environment["audit"]> {
  if (!audit) throw new Error(`environment ${name} asks for no trail`);
  return audit;
}
