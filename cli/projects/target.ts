import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import type { WorkloadEnvironment } from "../../config/schema";
import { findProject, listProjects, type DescribedProject } from "../../operate/projects";
import type { Context } from "../context";
import { UsageError } from "../errors";
import { findWorkload, hint } from "../estate/find";

/** An account that has projects, and clients that ask there. */
export interface ProjectsAccount {
  readonly workload: WorkloadEnvironment;
  readonly sagemaker: SageMakerClient;
  readonly cloudformation: CloudFormationClient;
}

/** @throws UsageError where the environment is no workload */
export async function projectsAccount(context: Context, environment: string): Promise<ProjectsAccount> {
  const workload = findWorkload(context.estate, environment);
  const access = await context.access(workload);
  return {
    workload,
    sagemaker: new SageMakerClient(access),
    cloudformation: new CloudFormationClient(access),
  };
}

/** @throws UsageError where there is none of the name, with those there are */
export async function projectNamed(
  { workload, sagemaker }: ProjectsAccount,
  name: string,
): Promise<DescribedProject> {
  const project = await findProject(sagemaker, name);
  if (project) return project;
  const names = (await listProjects(sagemaker)).map((other) => other.name);
  throw new UsageError(`Environment ${workload.name} has no project "${name}"${hint(name, names)}`);
}
