import type { RegistryEnvironment } from "../../../config/schema";
import { managedByAdministrators, nothingByHand, type StackKind } from "../../kind";
import { accessRolesOf, namesOfRegistry } from "../../topology";

/** `<registry>`: the central model registry. */
export const registryKind: StackKind<RegistryEnvironment> = {
  kind: "registry",
  title: "registry",
  in: "registry",
  wave: "base",
  settings: undefined,
  rules: [],
  instances: ({ name }) => [{ id: name }],
  create: (app, stack, context) => {
    const { RegistryStack } = require("./registry-stack") as typeof import("./registry-stack");
    new RegistryStack(app, stack.id, { ...context.propsOf(stack), models: context.models });
  },
  appliedBy: () => "administrator",
  contents: (estate, { environment }) => {
    const { artifactsBucket, keyAlias } = namesOfRegistry(estate, environment);
    return [
      `artifacts bucket ${artifactsBucket}`,
      "model package groups",
      `key ${keyAlias}`,
      ...accessRolesOf(estate, environment, "approver").map((role) => `role ${role}`),
    ];
  },
  links: () => [],
  needs: () => [],
  byHand: () => nothingByHand,
  manages: () => managedByAdministrators,
};
