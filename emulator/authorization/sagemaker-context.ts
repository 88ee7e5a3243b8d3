import type { RequestContext } from "../../audit/question";
import { textOf, type Call } from "./call";

/**
 * SageMaker's condition keys of a call. Flags that a request leaves out are false, which policies of AWS's own rely on.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html
 * https://docs.aws.amazon.com/sagemaker/latest/dg/security_iam_id-based-policy-examples.html
 */
export function sagemakerContext(call: Call): RequestContext {
  const all = (name: string): readonly string[] => [...valuesNamed(name, call.parameters)];
  const flag = (name: string): string => String(all(name).includes("true"));
  const status = textOf(call, "ModelApprovalStatus");
  return {
    ...(status !== undefined && { "sagemaker:ModelApprovalStatus": status }),
    "sagemaker:InterContainerTrafficEncryption": flag("EnableInterContainerTrafficEncryption"),
    "sagemaker:NetworkIsolation": flag("EnableNetworkIsolation"),
    ...given("sagemaker:InstanceTypes", all("InstanceType")),
    ...given("sagemaker:VpcSecurityGroupIds", all("SecurityGroupIds")),
    ...given("sagemaker:VpcSubnets", all("Subnets")),
    ...key("sagemaker:OutputKmsKeyArn", all("KmsKeyId"), call),
    ...key("sagemaker:VolumeKmsKeyArn", all("VolumeKmsKeyId"), call),
  };
}

const given = (key: string, values: readonly string[]): RequestContext =>
  values.length === 0 ? {} : { [key]: values };

/** An alias stays one: AWS does not say otherwise. */
function key(name: string, [id]: readonly string[], { region, caller }: Call): RequestContext {
  if (id === undefined) return {};
  const place = `arn:aws:kms:${region}:${caller.account}`;
  const arn = id.startsWith("arn:") ? id : `${place}:${id.startsWith("alias/") ? id : `key/${id}`}`;
  return { [name]: arn };
}

/** Of parameters within others, wherever they stand. */
function* valuesNamed(name: string, value: unknown): Generator<string> {
  if (typeof value !== "object" || value === null) return;
  for (const [member, inner] of Object.entries(value)) {
    if (member === name) yield* [inner].flat().map(String);
    else yield* valuesNamed(name, inner);
  }
}
