import { S3Client } from "@aws-sdk/client-s3";
import { DeleteModelPackageCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";
import type { Estate } from "../../config/schema";
import { emptyBucket } from "../../deploy/estate/state-bucket";
import { modelPackageGroupArn } from "../../modules/core/arns";
import { models } from "../../pipelines";
import { listVersions } from "../../deploy/sagemaker/model-packages";
import { namesOfRegistry, namesOfWorkload, placeOf } from "../../stacks/topology";
import { accessTo } from "./deployed-estate";

/** Deletes the data that pipelines left, without which no bucket and no model package group can be destroyed. */
export async function emptyEstate(estate: Estate): Promise<void> {
  for (const environment of estate.environments) {
    if (environment.kind === "ci") continue;
    const access = await accessTo(estate, environment.name);
    const s3 = new S3Client({ ...access, forcePathStyle: true });
    if (environment.kind === "workload")
      await emptyBucket(s3, namesOfWorkload(estate, environment).dataBucket);
    else {
      await emptyBucket(s3, namesOfRegistry(estate, environment).artifactsBucket);
      const sagemaker = new SageMakerClient(access);
      for (const { modelPackageGroup } of models)
        for (const { ModelPackageArn } of await listVersions(
          sagemaker,
          modelPackageGroupArn(placeOf(environment), modelPackageGroup),
        ))
          await sagemaker.send(new DeleteModelPackageCommand({ ModelPackageName: ModelPackageArn }));
    }
  }
}
