import type { IamStatement } from "../../definition/permissions";
import type { Retrier, Task } from "../task";
import type { Payload } from "../values";

export interface CallTaskProps<Output extends string> {
  /** Service and action as Step Functions spells them, such as `aws-sdk:sagemaker:describeEndpoint`. */
  readonly resource: string;
  readonly parameters: Payload;
  /** What later states may refer to: where it stands in the answer, as a JSONPath. */
  readonly outputs: Readonly<Record<Output, string>>;
  readonly retries: readonly Retrier[];
  /** What the call takes. */
  readonly statements: readonly IamStatement[];
}

const timeoutSeconds = 300;

/**
 * Calls an action of a service that has no task of its own here, and does not wait for what it begins.
 * https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
 */
export const callTask = <const Output extends string>(props: CallTaskProps<Output>): Task<Output> => ({
  resource: props.resource,
  parameters: props.parameters,
  outputs: props.outputs,
  retries: props.retries,
  timeoutSeconds,
  permissions: () => [...props.statements],
  jobPermissions: () => [],
});
