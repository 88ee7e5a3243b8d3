import type { Construct } from "constructs";
import { keyAliasArn } from "../../../core/arns";
import { KmsKey } from "../../../modules/kms/kms-key";
import { alarmsToTopicsStatement } from "../../../modules/kms/statements";
import { PrivateBucket } from "../../../modules/s3/private-bucket";
import { addAuditor } from "../../access/auditor";
import { addPlanner } from "../../access/planner";
import { AccountStack, type AccountStackProps } from "../../account-stack";
import { namesOfAccount, accountRegionOf, isWorkload } from "../../topology";

/**
 * `<env>-state`: the account's state bucket and its key, by which alarms about a workload's alerts are published too
 * (ADR 27), and who reads the account as a whole. Its own state lies in that bucket, so the bucket is created
 * empty before the first apply and imported by it (ADR 12); an import of what is already in state does nothing.
 */
export class StateStack extends AccountStack {
  constructor(scope: Construct, id: string, props: AccountStackProps) {
    const { estate, environment } = props;
    super(scope, id, props);
    const { stateBucket, stateKeyAlias } = namesOfAccount(estate, environment);
    const key = new KmsKey(this, "key", {
      description: `Terraform state of ${environment.name}`,
      accountRegion: accountRegionOf(environment),
      alias: stateKeyAlias,
      statements: isWorkload(environment) ? [alarmsToTopicsStatement(accountRegionOf(environment))] : [],
    });
    const state = new PrivateBucket(this, "state", {
      bucketName: stateBucket,
      region: environment.region,
      keyArn: key.arn,
      acceptedKeyArns: [key.arn, keyAliasArn(accountRegionOf(environment), stateKeyAlias)],
    });
    this.importBucket(state, stateBucket);
    addPlanner(this, estate, environment);
    addAuditor(this, estate, environment);
  }

  /**
   * As `importFrom` does, which also has cdktf run Terraform to ask for its version: once a stack, and synthesis would
   * fail where there is none.
   */
  private importBucket({ bucket }: PrivateBucket, id: string): void {
    const to = `${bucket.terraformResourceType}.${bucket.friendlyUniqueId}`;
    this.addOverride("import", [{ to, id }]);
  }
}
