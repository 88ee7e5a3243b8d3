import { modelsWith } from "../../../config/partial-account";
import type { WorkloadEnvironment } from "../../../config/schema";
import { roleArn } from "../../../core/arns";
import { inferenceApiNames, inferenceRoleName } from "../../../core/inference-api-names";
import { apiStackId, foundationStackId } from "../../../core/stack-ids";
import { inferenceRolePolicies, endpointOfApi } from "../../inference-api";
import { managedByAdministrators, modelOf, nothingByHand, type StackKind } from "../../kind";
import { namesOfWorkload } from "../../topology";
import { apisServeAnEndpoint } from "./rules";
import { apiSettings, apiSettingsOf } from "./settings";

/** `<env>-<model>-api`: an HTTP API that asks one endpoint of a model. An administrator says who on the Internet may ask (ADR 61). */
export const apiKind: StackKind<WorkloadEnvironment> = {
  kind: "api",
  title: "inference APIs",
  in: "workload",
  wave: "workload",
  settings: { at: "model", key: "api", schema: apiSettings },
  rules: [apisServeAnEndpoint],
  instances: (account) =>
    modelsWith(account, "api").map((name) => ({ id: apiStackId(account, { name }), model: name })),
  create: (app, stack, context) => {
    const { ApiStack } = require("./api-stack") as typeof import("./api-stack");
    new ApiStack(app, stack.id, { ...context.propsOf(stack), model: modelOf(stack) });
  },
  appliedBy: () => "administrator",
  contents: (estate, stack) => {
    const model = modelOf(stack);
    const { jwt } = apiSettingsOf(stack.environment, model);
    return [
      `API ${inferenceApiNames(estate.shared.project, model.name).api}`,
      `asks endpoint ${endpointOfApi(estate, stack.environment, model)}`,
      jwt ? `for tokens of ${jwt.issuer}` : "for who signs with credentials of the account",
    ];
  },
  links: (_, { id, environment }) => [
    { kind: "trust", from: id, to: foundationStackId(environment), label: "asks as its function's role" },
  ],
  needs: (estate, stack) => {
    const { environment: workload } = stack;
    const model = modelOf(stack);
    const { lambdaRole } = namesOfWorkload(estate, workload);
    return Object.entries(inferenceRolePolicies(estate, workload, model)).map(
      ([inlinePolicy, statements]) => ({
        by: { id: foundationStackId(workload), kind: "foundation", environment: workload },
        role: roleArn(workload, inferenceRoleName(lambdaRole, model.name)),
        ...{ inlinePolicy, statements },
      }),
    );
  },
  byHand: () => nothingByHand,
  manages: () => managedByAdministrators,
};
