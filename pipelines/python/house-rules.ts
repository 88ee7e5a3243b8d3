import type { ModelContext } from "../model";
import {
  parameterIn,
  textOf,
  told,
  valueAt,
  isObject,
  itemsOf,
  type JsonObject,
  type RenderedDefinition,
  type RenderedStep,
} from "../definition/rendered/json";
import { inVpc } from "../definition/vpc";
import type { Json } from "../definition/values";

type Given = Pick<ModelContext, "executionRoleArn" | "kmsKeyArn" | "volumeKeyArn" | "network">;

/** What a step is made to say, or must not say otherwise. */
type Rule = (
  Arguments: JsonObject,
  given: Given,
  parameters: ReadonlyMap<string, Json | undefined>,
) => JsonObject;

/**
 * A definition as it may run here: keys, encryption between machines and the account's network are put where it says
 * nothing of them, as typed steps have them; keys without a value go.
 * @throws Error naming the step that says what may not be: another role, no encryption, or a version that is approved already
 */
export function underHouseRules(definition: RenderedDefinition, given: Given): RenderedDefinition {
  const parameters = new Map(definition.Parameters.map(({ Name, DefaultValue }) => [Name, DefaultValue]));
  const change = (step: RenderedStep): RenderedStep => {
    const own = withBranches(withoutNulls(step), change);
    try {
      const Arguments = (rules[own.Type] ?? ((as) => as))(own.Arguments as JsonObject, given, parameters);
      const ruled = { ...own, Arguments };
      // Branches have been put there already.
      return given.network && own.Type !== "Condition"
        ? (inVpc(ruled, given.network) as unknown as RenderedStep)
        : ruled;
    } catch (error) {
      throw new Error(`step ${step.Name}: ${(error as Error).message}`, { cause: error });
    }
  };
  return { ...definition, Steps: definition.Steps.map(change) };
}

const withoutNulls = (step: RenderedStep): RenderedStep =>
  Object.fromEntries(Object.entries(step).filter(([, value]) => value !== null)) as RenderedStep;

function withBranches(step: RenderedStep, change: (step: RenderedStep) => RenderedStep): RenderedStep {
  if (step.Type !== "Condition") return step;
  const branch = (name: string) => {
    const steps = valueAt(step.Arguments, name);
    return Array.isArray(steps) ? { [name]: (steps as unknown as RenderedStep[]).map(change) } : {};
  };
  return {
    ...step,
    Arguments: { ...(step.Arguments as JsonObject), ...branch("IfSteps"), ...branch("ElseSteps") } as Json,
  };
}

const processing: Rule = (job, given, parameters) => ({
  ...withRole(job, "RoleArn", given),
  ProcessingResources: {
    ...objectAt(job, "ProcessingResources"),
    ClusterConfig: withVolumeKey(
      objectAt(valueAt(job, "ProcessingResources"), "ClusterConfig"),
      given,
      parameters,
    ),
  },
  ProcessingOutputConfig: { Outputs: [], ...withKey(objectAt(job, "ProcessingOutputConfig"), given) },
  NetworkConfig: encrypted(objectAt(job, "NetworkConfig")),
});

const training: Rule = (job, given, parameters) => ({
  ...encrypted(withRole(job, "RoleArn", given)),
  OutputDataConfig: withKey(objectAt(job, "OutputDataConfig"), given),
  ResourceConfig: withVolumeKey(objectAt(job, "ResourceConfig"), given, parameters),
});

/** Of a tuning job, whose machines the SDK says under a name of their own. */
const launched: Rule = ({ HyperParameterTuningResourceConfig: machines, ...job }, given, parameters) => {
  if (!isObject(machines)) return training(job, given, parameters);
  const { ResourceConfig, ...ruled } = training({ ...job, ResourceConfig: machines }, given, parameters);
  return { ...ruled, HyperParameterTuningResourceConfig: ResourceConfig as Json };
};

const autoML: Rule = (job, given) => {
  const config = objectAt(job, "AutoMLJobConfig");
  const security = encrypted(objectAt(config, "SecurityConfig"));
  return {
    ...withRole(job, "RoleArn", given),
    OutputDataConfig: withKey(objectAt(job, "OutputDataConfig"), given),
    AutoMLJobConfig: {
      ...config,
      SecurityConfig: { VolumeKmsKeyId: given.volumeKeyArn, ...security },
    },
  };
};

/** Serverless variants have no volumes. */
const endpointConfig: Rule = (config, given, parameters) => {
  const variants = itemsOf(config.ProductionVariants);
  const [machines] = variants.filter((variant) => valueAt(variant, "InstanceType") !== undefined);
  const key = isObject(machines) && withVolumeKey(machines, given, parameters).VolumeKmsKeyId;
  const capture = objectAt(config, "DataCaptureConfig");
  const answers = objectAt(config, "AsyncInferenceConfig");
  return {
    ...(config.ExecutionRoleArn === undefined ? config : withRole(config, "ExecutionRoleArn", given)),
    ...(key && !config.KmsKeyId && { KmsKeyId: key }),
    ...(isObject(config.DataCaptureConfig) && { DataCaptureConfig: withKey(capture, given) }),
    ...(isObject(config.AsyncInferenceConfig) && {
      AsyncInferenceConfig: { ...answers, OutputConfig: withKey(objectAt(answers, "OutputConfig"), given) },
    }),
  };
};

const rules: Readonly<Record<string, Rule>> = {
  AutoML: autoML,
  ClarifyCheck: processing,
  EndpointConfig: endpointConfig,
  Processing: processing,
  QualityCheck: processing,
  Training: training,
  Tuning: ({ TrainingJobDefinition: one, TrainingJobDefinitions: several, ...job }, given, parameters) => ({
    ...job,
    ...(isObject(one) && { TrainingJobDefinition: launched(one, given, parameters) }),
    ...(Array.isArray(several) && {
      TrainingJobDefinitions: several.map((each: JsonObject) => launched(each, given, parameters)),
    }),
  }),
  Transform: (job, given, parameters) => ({
    ...job,
    TransformOutput: withKey(objectAt(job, "TransformOutput"), given),
    TransformResources: withVolumeKey(objectAt(job, "TransformResources"), given, parameters),
  }),
  Model: (model, given) => withRole(model, "ExecutionRoleArn", given),
  RegisterModel: (version, _, parameters) => pending(version, parameters),
};

const objectAt = (value: Json | undefined, key: string): JsonObject => {
  const found = valueAt(value, key);
  return isObject(found) ? found : {};
};

const withKey = (output: JsonObject, { kmsKeyArn }: Given): JsonObject =>
  valueAt(output, "KmsKeyId") ? output : { ...output, KmsKeyId: kmsKeyArn };

/** Types of machine with storage of their own, which is encrypted as it is: SageMaker takes no key for a volume there. */
const localStorage = /^ml\.([a-z]+\d[a-z]*d[a-z]*|g[56]e?|p5e?n?|trn\d+n?|inf2)\./;

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ResourceConfig.html#sagemaker-Type-ResourceConfig-VolumeKmsKeyId */
function withVolumeKey(
  machines: JsonObject,
  { volumeKeyArn }: Given,
  parameters: ReadonlyMap<string, Json | undefined>,
): JsonObject {
  const parameter = parameterIn(machines.InstanceType);
  const type = textOf(parameter === undefined ? machines.InstanceType : parameters.get(parameter)) ?? "";
  return machines.VolumeKmsKeyId || localStorage.test(type)
    ? machines
    : { ...machines, VolumeKmsKeyId: volumeKeyArn };
}

const traffic = "EnableInterContainerTrafficEncryption";

function encrypted(request: JsonObject): JsonObject {
  if (request[traffic] === false) throw new Error(`${traffic} must not be false`);
  return { ...request, [traffic]: request[traffic] ?? true };
}

/** A role that the pipeline's own may not hand over would only be refused when it runs. */
function withRole(request: JsonObject, key: string, { executionRoleArn }: Given): JsonObject {
  if (request[key] !== executionRoleArn)
    throw new Error(`${key} must be the context's execution_role_arn, got: ${told(request[key])}`);
  return request;
}

/** The registry refuses others: whoever trains does not approve. */
function pending(version: JsonObject, parameters: ReadonlyMap<string, Json | undefined>): JsonObject {
  const parameter = parameterIn(version.ModelApprovalStatus);
  const status = parameter === undefined ? version.ModelApprovalStatus : parameters.get(parameter);
  if (status !== undefined && status !== "PendingManualApproval")
    throw new Error(`ModelApprovalStatus must be PendingManualApproval, got: ${told(status)}`);
  return version;
}
