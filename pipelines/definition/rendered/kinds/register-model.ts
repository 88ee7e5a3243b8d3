import { allow, lookUpStatements, versionsOf } from "../../permissions";
import type { Json } from "../../values";
import { itemsOf, textOf, told, valueAt } from "../json";
import type { DerivedKind } from "../kind";
import { knownImageStatements } from "./job";

/** A version of a model package group. */
export const registerModel: DerivedKind = {
  permissions: ({ Arguments }, scope) => {
    const group = groupOf(valueAt(Arguments, "ModelPackageGroupName"));
    return [
      ...lookUpStatements(group),
      // AWS authorises it on the version, and on the group where one is named.
      allow(["sagemaker:CreateModelPackage"], [group, versionsOf(group)]),
      ...imagesOf(Arguments).flatMap((image) => knownImageStatements(scope, image)),
    ];
  },
  registeredImages: ({ Arguments }) => imagesOf(Arguments),
};

const imagesOf = (request: Json): (Json | undefined)[] =>
  itemsOf(valueAt(request, "InferenceSpecification", "Containers")).map((container) =>
    valueAt(container, "Image"),
  );

/** Groups are in the registry's account: a name alone would be one of the pipeline's own. */
function groupOf(value: Json | undefined): string {
  const group = textOf(value);
  if (group !== undefined && /^arn:[^:]+:sagemaker:[^:]+:\d+:model-package-group\//.test(group)) return group;
  throw new Error(`ModelPackageGroupName must be the ARN of a model package group, got: ${told(value)}`);
}
