import { S3Client } from "@aws-sdk/client-s3";
import { DescribeModelPackageCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";
import { SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import type { AccountAccess } from "../../../../deploy/access/account-access";
import { readText } from "../../../../emulator/runner/jobs/s3";
import { areaUnderRoc } from "../../../../operate/roc";
import { scoreAll, scoringAtOnce } from "../../../../operate/scoring";

/** Rows that a version was not trained with. */
export interface HeldOut {
  /** URI of the rows' file. */
  readonly file: string;
  readonly rows: readonly string[];
  /** Label of each. */
  readonly truth: readonly number[];
  /** Commit that the version was built from. */
  readonly commit: string | undefined;
}

/** @param version ARN of one that a seeded repository has registered */
export async function heldOutOf(access: AccountAccess, version: string): Promise<HeldOut> {
  const described = await new SageMakerClient(access).send(
    new DescribeModelPackageCommand({ ModelPackageName: version }),
  );
  const folder = described.CustomerMetadataProperties?.HeldOutRows ?? "";
  const lines = async (file: string) => (await readText(new S3Client(access), file)).trim().split("\n");
  return {
    file: `${folder}/features.csv`,
    rows: await lines(`${folder}/features.csv`),
    truth: (await lines(`${folder}/truth.csv`)).map(Number),
    commit: described.MetadataProperties?.CommitId,
  };
}

/** What an endpoint predicts of them. */
export async function scoresOf(
  access: AccountAccess,
  endpoint: string,
  { rows }: HeldOut,
): Promise<readonly number[]> {
  return (await scoreAll(scoringAtOnce(new SageMakerRuntimeClient(access), endpoint), rows)).scores;
}

export const aucOf = ({ truth }: HeldOut, scores: readonly number[]): number => areaUnderRoc(truth, scores);
