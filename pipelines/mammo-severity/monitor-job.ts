import { containerImage } from "../definition";
import type { ModelContext } from "../model";
import { processingInstanceType } from "./instance-types";

/** The job that runs Model Monitor's analyzer over the features, for the baseline and for each batch. */
export const monitorJob = ({ region, executionRoleArn, kmsKeyArn, volumeKeyArn }: ModelContext) => ({
  check: { type: "DATA_QUALITY" } as const,
  image: containerImage("model-monitor", region),
  roleArn: executionRoleArn,
  cluster: {
    instanceType: processingInstanceType,
    instanceCount: 1,
    volumeSizeInGB: 120,
    kmsKeyArn,
    volumeKeyArn,
  },
});
