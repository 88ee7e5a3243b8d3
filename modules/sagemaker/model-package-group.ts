import { SagemakerModelPackageGroup } from "@cdktf/provider-aws/lib/sagemaker-model-package-group";
import { SagemakerModelPackageGroupPolicy } from "@cdktf/provider-aws/lib/sagemaker-model-package-group-policy";
import { Construct } from "constructs";
import { resourceName } from "../../core/name-limits";
import { policyDocument, type PolicyStatement } from "../../core/policy";
import { preventDestroy } from "../terraform/prevent-destroy";

export interface ModelPackageGroupProps {
  readonly groupName: string;
  readonly description: string;
  /** Resource policy: which roles of which accounts may register, look up and use versions. At least one. */
  readonly statements: readonly PolicyStatement[];
}

/** A model package group shared with other accounts by its resource policy. */
export class ModelPackageGroup extends Construct {
  constructor(scope: Construct, id: string, props: ModelPackageGroupProps) {
    super(scope, id);
    const group = new SagemakerModelPackageGroup(this, "group", {
      modelPackageGroupName: resourceName("modelPackageGroup", props.groupName),
      modelPackageGroupDescription: props.description,
      lifecycle: preventDestroy,
    });
    new SagemakerModelPackageGroupPolicy(this, "policy", {
      modelPackageGroupName: group.modelPackageGroupName,
      resourcePolicy: policyDocument(props.statements),
    });
  }
}
