import type { RegistryEnvironment } from "../../../config/schema";
import { topicArn } from "../../../core/arns";
import { approvalsStackId } from "../../../core/stack-ids";
import { managedByAdministrators, nothingByHand, type StackKind } from "../../kind";
import { accountRegionOf } from "../../topology";
import { servedGroupsOf } from "../registry/package-groups";
import { approvalsNames } from "./names";
import { ciServerOf, onApproval, onApprovalOf, tokenSecretOf } from "./settings";

/** `<registry>-approvals`: from an approved version to the CI server that releases it, where the registry's file asks for it. */
export const approvalsKind: StackKind<RegistryEnvironment> = {
  kind: "approvals",
  title: "approvals",
  in: "registry",
  wave: "base",
  settings: { at: "registry", key: "onApproval", schema: onApproval },
  rules: [],
  instances: (account) => (account.onApproval === undefined ? [] : [{ id: approvalsStackId(account) }]),
  create: (app, stack, context) => {
    const { ApprovalsStack } = require("./approvals-stack") as typeof import("./approvals-stack");
    new ApprovalsStack(app, stack.id, {
      ...context.propsOf(stack),
      onApproval: onApprovalOf(stack.environment),
      modelPackageGroups: servedGroupsOf(context.estate, stack.environment, context.models),
    });
  },
  appliedBy: () => "administrator",
  contents: (estate, { environment }) => [
    `asks ${ciServerOf(onApprovalOf(environment)).name}`,
    `function ${approvalsNames(estate, environment).function}`,
    `dead-letter queue ${approvalsNames(estate, environment).deadLetterQueue}`,
  ],
  links: (_estate, { id, environment }) => [
    { kind: "data", from: environment.name, to: id, label: "approved versions" },
  ],
  needs: () => [],
  byHand: (estate, { environment }) => ({
    ...nothingByHand,
    mail: [
      {
        topicArn: topicArn(accountRegionOf(environment), approvalsNames(estate, environment).topic),
        emails: onApprovalOf(environment).alertEmails,
      },
    ],
    secrets: [tokenSecretOf(onApprovalOf(environment))],
  }),
  manages: () => managedByAdministrators,
};
