import type { Resolved } from "./step";

/**
 * A step's properties: its request, and what SageMaker's description of the result adds, times as ISO 8601. Which of them
 * a pipeline may refer to is in `supported.json`.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-properties.html
 */
export function described(request: object, description: object): Resolved {
  const plain = JSON.parse(JSON.stringify(description)) as Resolved;
  const members = Object.entries(plain).filter(([name]) => name !== "$metadata");
  return { ...Object.fromEntries(members), ...request };
}
