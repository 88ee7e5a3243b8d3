import { SagemakerModelPackageGroup } from "@cdktf/provider-aws/lib/sagemaker-model-package-group";
import { SagemakerModelPackageGroupPolicy } from "@cdktf/provider-aws/lib/sagemaker-model-package-group-policy";
import { Construct } from "constructs";
import { resourceName } from "../../core/name-limits";
import { policyDocument, type PolicyStatement } from "../../core/policy";
import { movedFrom } from "../terraform/moved-from";
import { preventDestroy } from "../terraform/prevent-destroy";

export interface ModelPackageGroupProps {
  readonly groupName: string;
  /** Of a new group; one that stands keeps its own. */
  readonly description: string;
  /** Resource policy: which roles of which accounts may register, look up and use versions. At least one. */
  readonly statements: readonly PolicyStatement[];
  /** Id that the construct had in estates applied before, where no other has it now. @default it had this one */
  readonly formerId?: string | undefined;
}

/**
 * A model package group shared with other accounts by its resource policy. SageMaker changes no description: the provider
 * would replace the group, and with it every registered version.
 * https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/sagemaker_model_package_group
 */
export class ModelPackageGroup extends Construct {
  constructor(scope: Construct, id: string, props: ModelPackageGroupProps) {
    super(scope, id);
    const group = new SagemakerModelPackageGroup(this, "group", {
      modelPackageGroupName: resourceName("modelPackageGroup", props.groupName),
      modelPackageGroupDescription: props.description,
      lifecycle: { ...preventDestroy, ignoreChanges: ["model_package_group_description"] },
    });
    const policy = new SagemakerModelPackageGroupPolicy(this, "policy", {
      modelPackageGroupName: group.modelPackageGroupName,
      resourcePolicy: policyDocument(props.statements),
    });
    const { formerId } = props;
    if (formerId !== undefined)
      [group, policy].forEach((resource) => {
        movedFrom(resource, scope, formerId);
      });
  }
}
