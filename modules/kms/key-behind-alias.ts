import { DataAwsKmsAlias } from "@cdktf/provider-aws/lib/data-aws-kms-alias";
import { TerraformResource } from "cdktf";
import { Construct } from "constructs";

export interface KeyBehindAliasProps {
  /** `alias/…` */
  readonly alias: string;
}

/**
 * The key that an alias leads to, for the few places where AWS takes no alias (ADR 30). Terraform reads it when it plans, and
 * on a new estate, where key and alias may not stand yet, when it applies: the lookup waits for a marker that is made once.
 */
export class KeyBehindAlias extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: KeyBehindAliasProps) {
    super(scope, id);
    // cdktf's own class would ask Terraform for its version at each synthesis.
    const marker = new TerraformResource(this, "marker", { terraformResourceType: "terraform_data" });
    const alias = new DataAwsKmsAlias(this, "alias", { name: props.alias, dependsOn: [marker] });
    this.arn = alias.targetKeyArn;
  }
}
