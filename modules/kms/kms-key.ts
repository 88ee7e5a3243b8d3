import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey as AwsKmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import type { AccountRegion } from "../../core/arns";
import { policyDocument, type PolicyStatement } from "../../core/policy";
import { preventDestroy } from "../terraform/prevent-destroy";
import { accountAdministrationStatement } from "./statements";

export interface KmsKeyProps {
  readonly description: string;
  /** Where the key is; the account's root may administer the key, so that IAM policies of the account apply. */
  readonly accountRegion: AccountRegion;
  /** `alias/…`: consumers in other stacks and accounts name the key by it (ADR 5). */
  readonly alias: string;
  /** Key policy statements beside the account's own. @default none */
  readonly statements?: readonly PolicyStatement[];
}

/** A symmetric customer-managed key, rotated every year and kept 30 days after deletion is asked for. */
export class KmsKey extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: KmsKeyProps) {
    super(scope, id);
    const key = new AwsKmsKey(this, "key", {
      description: props.description,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy: policyDocument([
        accountAdministrationStatement(props.accountRegion),
        ...(props.statements ?? []),
      ]),
      lifecycle: preventDestroy,
    });
    new KmsAlias(this, "alias", { name: props.alias, targetKeyId: key.keyId });
    this.arn = key.arn;
  }
}
