import { allow, sagemakerArn } from "../../permissions";
import { itemsOf, textOf, valueAt } from "../json";
import type { DerivedKind } from "../kind";
import { namePattern } from "../names";

/**
 * Records what came of what. SageMaker names artifacts by itself.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/lineage-tracking-entities.html
 */
export const lineage: DerivedKind = {
  permissions: ({ Arguments }, scope) => {
    const entities = (list: string, name: string, kind: string) =>
      itemsOf(valueAt(Arguments, list)).map((entity) =>
        sagemakerArn(scope, `${kind}/${namePattern(`${list}[].${name}`, valueAt(entity, name))}`),
      );
    const actions = entities("Actions", "ActionName", "action");
    const contexts = entities("Contexts", "ContextName", "context");
    const artifacts =
      itemsOf(valueAt(Arguments, "Artifacts")).length > 0 ? [sagemakerArn(scope, "artifact/*")] : [];
    const made = [...actions, ...artifacts, ...contexts];
    const of = (kind: string, resources: readonly string[]) =>
      resources.length === 0
        ? []
        : [allow([`sagemaker:Create${kind}`, `sagemaker:Describe${kind}`], resources)];
    const associations = itemsOf(valueAt(Arguments, "Associations"));
    const named = associations.flatMap((association) =>
      ["Source", "Destination"].flatMap((end) => textOf(valueAt(association, end, "Arn")) ?? []),
    );
    return [
      ...of("Action", actions),
      ...of("Artifact", artifacts),
      ...of("Context", contexts),
      ...(made.length === 0 ? [] : [allow(["sagemaker:AddTags"], made)]),
      ...(associations.length === 0
        ? []
        : [allow(["sagemaker:AddAssociation"], [...new Set([...made, ...named])])]),
    ];
  },
};
