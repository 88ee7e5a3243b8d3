import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import type { Environment } from "../../config/schema";
import type { Context } from "../context";

/** @throws AccessError */
export const sagemakerOf = async (context: Context, environment: Environment): Promise<SageMakerClient> =>
  new SageMakerClient(await context.access(environment, "scientist"));
