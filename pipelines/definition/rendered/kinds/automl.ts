import { jobCondition } from "../../network";
import {
  allow,
  jobLogStatements,
  keyStatements,
  passRoleStatement,
  readStatements,
  sagemakerArn,
  writeStatements,
} from "../../permissions";
import type { Json } from "../../values";
import { itemsOf, textOf, valueAt } from "../json";
import type { DerivedKind } from "../kind";
import { reads, valuesOf, writes, type Use } from "../uses";
import { hasVolumeKey, keyOf } from "./job";

/**
 * A job that looks for a model by itself. AWS names it, in at most 32 characters, and chooses its machines; IAM knows no condition on
 * whether its containers reach a network.
 * https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateAutoMLJob.html
 */
export const autoML: DerivedKind = {
  permissions: ({ Arguments }, scope) => {
    const key = keyOf("OutputDataConfig.KmsKeyId", valueAt(Arguments, "OutputDataConfig", "KmsKeyId"));
    const jobs = [sagemakerArn(scope, "automl-job/*")];
    const uses = usesOf(Arguments);
    const secured = hasVolumeKey(valueAt(Arguments, "AutoMLJobConfig", "SecurityConfig"));
    return [
      allow(["sagemaker:CreateAutoMLJob"], jobs, jobCondition(key, { needsNetwork: true }, secured)),
      allow(["sagemaker:DescribeAutoMLJob", "sagemaker:StopAutoMLJob", "sagemaker:AddTags"], jobs),
      allow(["sagemaker:ListCandidatesForAutoMLJob"], ["*"]),
      passRoleStatement(scope),
      ...(["Processing", "Training", "Transform"] as const).flatMap((kind) => jobLogStatements(scope, kind)),
      ...keyStatements(key),
      ...valuesOf(uses, "read").flatMap((uri) => readStatements(scope, uri)),
      ...valuesOf(uses, "write").flatMap((uri) => writeStatements(scope, uri)),
    ];
  },
  uses: ({ Arguments }) => usesOf(Arguments),
};

const usesOf = (job: Json): Use[] => [
  ...itemsOf(valueAt(job, "InputDataConfig")).map((channel) =>
    reads(
      channel,
      ["DataSource", "S3DataSource", "S3Uri"],
      `InputDataConfig[${textOf(valueAt(channel, "ChannelType")) ?? ""}].`,
    ),
  ),
  writes(job, ["OutputDataConfig", "S3OutputPath"]),
];
