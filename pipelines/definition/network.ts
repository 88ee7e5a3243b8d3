import type { Condition } from "../../core/policy";

/** Of steps whose containers could reach something over a network. */
export interface NetworkProps {
  /**
   * Whether its container reaches anything over a network, with the job's role. Without, it has no credentials either; SageMaker
   * brings its files and takes its logs all the same.
   * https://docs.aws.amazon.com/sagemaker/latest/dg/mkt-algo-model-internet-free.html
   * @default false
   */
  readonly needsNetwork?: boolean;
}

/** Of a model, and so of the transform jobs that use it. */
export const modelNetwork = ({ needsNetwork = false }: NetworkProps) => ({
  EnableNetworkIsolation: !needsNetwork,
});

/**
 * Of a processing or a training job. That what its machines say to one another is encrypted costs a job of one machine nothing.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/train-encrypt.html
 */
export const jobNetwork = (props: NetworkProps) => ({
  EnableInterContainerTrafficEncryption: true,
  ...modelNetwork(props),
});

/*
 * What a request must say for the execution role to be allowed to make it, by the keys that AWS gives for each action.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html
 */

/**
 * Of `CreateProcessingJob` and `CreateTrainingJob`.
 * @param kmsKeyArn ARN of the key of outputs and volumes, or of its alias
 * @param volume whether its volumes have a key: machines with storage of their own take none
 */
export const jobCondition = (kmsKeyArn: string, props: NetworkProps, volume = true): Condition => ({
  Bool: { ...isolated(props), "sagemaker:InterContainerTrafficEncryption": "true" },
  ...transformCondition(kmsKeyArn, volume),
});

/** Of `CreateTransformJob`, which has its network from the model. */
export const transformCondition = (kmsKeyArn: string, volume = true): Condition => ({
  ArnLike: keysLike(kmsKeyArn, volume),
});

/** Of `CreateModel`. @returns undefined where anything goes */
export const modelCondition = (props: NetworkProps): Condition | undefined =>
  props.needsNetwork ? undefined : { Bool: isolated(props) };

const isolated = ({ needsNetwork }: NetworkProps): Record<string, string> =>
  needsNetwork ? {} : { "sagemaker:NetworkIsolation": "true" };

/**
 * AWS does not say whether a key that was named by its alias counts as that alias or as the key behind it. Which of the account's
 * keys may be used, KMS decides: that which carries the alias.
 */
function keysLike(aliasArn: string, volume: boolean): Record<string, string | readonly string[]> {
  const keys = aliasArn.replace(/:alias\/.*$/, ":key/*");
  return {
    "sagemaker:OutputKmsKeyArn": [aliasArn, keys],
    ...(volume && { "sagemaker:VolumeKmsKeyArn": keys }),
  };
}
