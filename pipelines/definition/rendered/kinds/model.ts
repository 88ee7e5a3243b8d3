import { modelCondition } from "../../network";
import { allow, passRoleStatement, readStatements, sagemakerArn } from "../../permissions";
import type { Json } from "../../values";
import { itemsOf, valueAt } from "../json";
import type { DerivedKind } from "../kind";
import { pulls, reads, readsCode, valuesOf, type Use } from "../uses";
import { isIsolated, knownImageStatements } from "./job";

/** A SageMaker model. An image or artifact known only when the pipeline runs is read with what the role has beside these statements. */
export const model: DerivedKind = {
  permissions: ({ Arguments }, scope) => {
    const actions = ["DescribeModel", "DeleteModel", "AddTags"].map((action) => `sagemaker:${action}`);
    const models = [sagemakerArn(scope, "model/pipelines-*")];
    const uses = usesOf(Arguments);
    return [
      allow(["sagemaker:CreateModel"], models, modelCondition({ needsNetwork: !isIsolated(Arguments) })),
      allow(actions, models),
      passRoleStatement(scope),
      ...valuesOf(uses, "pull").flatMap((image) => knownImageStatements(scope, image)),
      ...valuesOf(uses, "read").flatMap((uri) => readStatements(scope, uri)),
    ];
  },
  uses: ({ Arguments }) => usesOf(Arguments),
};

const usesOf = (request: Json): Use[] =>
  [
    { place: "PrimaryContainer.", container: valueAt(request, "PrimaryContainer") },
    ...itemsOf(valueAt(request, "Containers")).map((container, at) => ({
      place: `Containers[${at}].`,
      container,
    })),
  ].flatMap(({ place, container }) => [
    pulls(container, ["Image"], place),
    reads(container, ["ModelDataUrl"], place),
    ...readsCode(container, ["Environment", "SAGEMAKER_SUBMIT_DIRECTORY"], place),
  ]);
