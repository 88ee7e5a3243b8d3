import type { Construct } from "constructs";
import { keyAliasArn } from "../modules/core/arns";
import { KmsKey } from "../modules/kms/kms-key";
import { PrivateBucket } from "../modules/s3/private-bucket";
import { AccountStack, type AccountStackProps } from "./account-stack";
import { namesOfAccount, placeOf } from "./topology";

/**
 * `<env>-state`: the account's state bucket and its key. Its own state lies in that bucket, so the bucket is created
 * empty before the first apply and imported by it (ADR 12); an import of what is already in state does nothing.
 */
export class StateStack extends AccountStack {
  constructor(scope: Construct, id: string, props: AccountStackProps) {
    const { estate, environment } = props;
    super(scope, id, props, estate.shared.adminRole);
    const { stateBucket, stateKeyAlias } = namesOfAccount(estate, environment);
    const key = new KmsKey(this, "key", {
      description: `Terraform state of ${environment.name}`,
      account: environment.account,
      alias: stateKeyAlias,
    });
    const state = new PrivateBucket(this, "state", {
      bucketName: stateBucket,
      keyArn: key.arn,
      acceptedKeyArns: [key.arn, keyAliasArn(placeOf(environment), stateKeyAlias)],
    });
    state.bucket.importFrom(stateBucket);
  }
}
