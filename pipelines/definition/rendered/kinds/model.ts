import { modelCondition } from "../../network";
import { allow, passRoleStatement, readStatements, sagemakerArn } from "../../permissions";
import type { Json } from "../../values";
import { itemsOf, valueAt } from "../json";
import type { DerivedKind } from "../kind";
import { isIsolated, knownImageStatements } from "./job";

/** A SageMaker model. An image or artifact known only when the pipeline runs is read with what the role has beside these statements. */
export const model: DerivedKind = {
  permissions: ({ Arguments }, scope) => {
    const actions = ["DescribeModel", "DeleteModel", "AddTags"].map((action) => `sagemaker:${action}`);
    const models = [sagemakerArn(scope, "model/pipelines-*")];
    const containers = containersOf(Arguments);
    return [
      allow(["sagemaker:CreateModel"], models, modelCondition({ needsNetwork: !isIsolated(Arguments) })),
      allow(actions, models),
      passRoleStatement(scope),
      ...containers.flatMap((container) => knownImageStatements(valueAt(container, "Image"))),
      ...containers.flatMap((container) => readStatements(scope, valueAt(container, "ModelDataUrl"))),
    ];
  },
};

const containersOf = (request: Json): Json[] => [
  valueAt(request, "PrimaryContainer") ?? [],
  ...itemsOf(valueAt(request, "Containers")),
];
