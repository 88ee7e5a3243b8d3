import type { CiEnvironment } from "../../../config/schema";
import { foundationStackId } from "../../../core/stack-ids";
import { managedByAdministrators, nothingByHand, type StackKind } from "../../kind";
import { deployedBy, namesOfWorkload } from "../../topology";

const serverOutside = ({ jenkinsServer: { user, oidc } = {} }: CiEnvironment): string[] => [
  ...(user === undefined ? [] : [`user ${user}`]),
  ...(oidc === undefined ? [] : [`tokens of ${oidc.issuer}`]),
];

/** `<ci>`: the account of the CI server. */
export const ciKind: StackKind<CiEnvironment> = {
  kind: "ci",
  title: "CI",
  in: "ci",
  wave: "base",
  settings: undefined,
  rules: [],
  instances: ({ name }) => [{ id: name }],
  create: (app, stack, context) => {
    const { CiStack } = require("./ci-stack") as typeof import("./ci-stack");
    new CiStack(app, stack.id, context.propsOf(stack));
  },
  appliedBy: () => "administrator",
  contents: (estate, { environment }) => [
    `role ${environment.jenkinsServerRole}`,
    ...serverOutside(environment),
    ...deployedBy(estate, environment).map(({ name }) => `deploys to ${name}`),
  ],
  links: (estate, { id, environment }) =>
    deployedBy(estate, environment).map((workload) => ({
      kind: "trust",
      from: id,
      to: foundationStackId(workload),
      label: `assumes ${namesOfWorkload(estate, workload).deployRole}`,
    })),
  needs: () => [],
  byHand: () => nothingByHand,
  manages: () => managedByAdministrators,
};
