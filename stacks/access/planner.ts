import type { Construct } from "constructs";
import type { Environment, Estate } from "../../config/schema";
import { bucketArn } from "../../core/arns";
import { inBucketsOf } from "../../core/bucket-owner";
import type { IdentityStatement } from "../../core/policy";
import { readSettingsStatements } from "../../modules/iam/read-statements";
import { useThroughS3Statement } from "../../modules/kms/statements";
import { accountRegionOf, bucketsOf, isWorkload, namesOfAccount, namesOfWorkload } from "../topology";
import { addAccessRole } from "./access-role";

/** `planner`: plans every stack of the account, for which it reads states, and writes nothing: plans take no lock. */
export function addPlanner(scope: Construct, estate: Estate, environment: Environment): void {
  addAccessRole(scope, "planner", {
    estate,
    environment,
    description: "Plans the stacks of this account, and changes nothing",
    policies: {
      settings: readSettingsStatements(accountRegionOf(environment), bucketsOf(estate, environment)),
      states: [...readStates(estate, environment), ...readScripts(estate, environment)],
    },
  });
}

function readStates(estate: Estate, environment: Environment): IdentityStatement[] {
  const { stateBucket, stateKeyAlias } = namesOfAccount(estate, environment);
  const bucket = bucketArn(environment, stateBucket);
  return [
    ...inBucketsOf(environment.account, [
      { Sid: "States", Effect: "Allow", Action: ["s3:GetObject"], Resource: [`${bucket}/*`] },
    ]),
    useThroughS3Statement("StateKey", accountRegionOf(environment), {
      alias: stateKeyAlias,
      buckets: [bucket],
      actions: ["kms:Decrypt"],
    }),
  ];
}

/** Scripts are resources of a model's stack, so a plan looks at them. */
function readScripts(estate: Estate, environment: Environment): IdentityStatement[] {
  if (!isWorkload(environment)) return [];
  const { dataBucket, keyAlias } = namesOfWorkload(estate, environment);
  const bucket = bucketArn(environment, dataBucket);
  return [
    ...inBucketsOf(environment.account, [
      {
        Sid: "Scripts",
        Effect: "Allow",
        Action: ["s3:GetObject", "s3:GetObjectTagging"],
        Resource: Object.keys(environment.models).map((model) => `${bucket}/${model}/scripts/*`),
      },
    ]),
    useThroughS3Statement("DataKey", accountRegionOf(environment), {
      alias: keyAlias,
      buckets: [bucket],
      actions: ["kms:Decrypt"],
    }),
  ];
}
