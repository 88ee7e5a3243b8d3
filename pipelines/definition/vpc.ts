import type { Json } from "./values";

/** The network that jobs run in. */
export interface JobVpc {
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
}

type Rendered = Readonly<Record<string, Json>>;

/** A rendered step, and those within it, whose jobs and models are in a network. */
export function inVpc(step: Json, vpc: JobVpc): Json {
  const { Type, Arguments } = step as { readonly Type: string; readonly Arguments: Rendered };
  const change = placements[Type];
  return change ? { ...(step as Rendered), Arguments: change(Arguments, vpc) } : step;
}

/** `VpcConfig` of a job or a model. */
export const vpcConfig = ({ subnetIds, securityGroupIds }: JobVpc) => ({
  SecurityGroupIds: [...securityGroupIds],
  Subnets: [...subnetIds],
});

type Placement = (given: Rendered, vpc: JobVpc) => Rendered;

const ofTheJob: Placement = (given, vpc) => ({ ...given, VpcConfig: vpcConfig(vpc) });
const ofProcessing: Placement = (given, vpc) => ({
  ...given,
  NetworkConfig: { ...(given.NetworkConfig as Rendered), VpcConfig: vpcConfig(vpc) },
});
const ofTuning: Placement = (given, vpc) => {
  const { TrainingJobDefinition: one, TrainingJobDefinitions: several } = given;
  return {
    ...given,
    ...(one && { TrainingJobDefinition: ofTheJob(one as Rendered, vpc) }),
    ...(several && {
      TrainingJobDefinitions: (several as readonly Rendered[]).map((each) => ofTheJob(each, vpc)),
    }),
  };
};
const ofBranches: Placement = (given, vpc) => ({
  ...given,
  IfSteps: (given.IfSteps as readonly Json[]).map((step) => inVpc(step, vpc)),
  ElseSteps: (given.ElseSteps as readonly Json[]).map((step) => inVpc(step, vpc)),
});

const ofAutoML: Placement = (given, vpc) => {
  const config = given.AutoMLJobConfig as Rendered | undefined;
  const security = { ...(config?.SecurityConfig as Rendered | undefined), VpcConfig: vpcConfig(vpc) };
  return { ...given, AutoMLJobConfig: { ...config, SecurityConfig: security } };
};

const placements: Readonly<Record<string, Placement>> = {
  AutoML: ofAutoML,
  ClarifyCheck: ofProcessing,
  Condition: ofBranches,
  Model: ofTheJob,
  Processing: ofProcessing,
  QualityCheck: ofProcessing,
  Training: ofTheJob,
  Tuning: ofTuning,
};
