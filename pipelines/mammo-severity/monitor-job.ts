import { containerImage } from "../definition";
import type { ModelContext } from "../model";

/** The job that runs Model Monitor's analyzer over the features, for the baseline and for each batch. */
export const monitorJob = ({ region, executionRoleArn, kmsKeyArn }: ModelContext) => ({
  check: { type: "DATA_QUALITY" } as const,
  image: containerImage("model-monitor", region),
  roleArn: executionRoleArn,
  cluster: { instanceType: "ml.c5.xlarge", instanceCount: 1, volumeSizeInGB: 120, kmsKeyArn },
});
