import type { Machines } from "../../pipelines/definition";
import type { AccountAccess } from "../access/account-access";
import { missing, oneLine, present, type Finding } from "./finding";
import { ServiceQuotas, type Quota, type QuotaRequest } from "./service-quotas";

/** Machines that must be allowed side by side, under the quota's name in Service Quotas. */
interface Need {
  readonly name: string;
  readonly wanted: number;
}

/** What there is to know of a need. */
interface Case extends Need {
  readonly account: string;
  readonly quota?: Quota | undefined;
  /** Unanswered. */
  readonly request?: QuotaRequest | undefined;
}

/**
 * Whether SageMaker's quotas in an account have room for all its pipelines at once: most defaults are 0.
 * @param raise ask AWS for what is missing, where nobody has yet
 */
export async function checkQuotas(
  account: string,
  machines: readonly Machines[],
  access: AccountAccess,
  raise: boolean,
): Promise<Finding[]> {
  const needs = needsOf(machines);
  if (needs.length === 0) return [];
  const service = new ServiceQuotas(access);
  try {
    const cases = await look(account, needs, service);
    return await inTurn(cases, (each) => (raise && askable(each) ? ask(each, service) : judge(each)));
  } catch (error) {
    return [missing(`Quotas of ${account}`, oneLine(error), remedyOf(error as Error))];
  }
}

function needsOf(machines: readonly Machines[]): Need[] {
  const names = [...new Set(machines.map(nameOf))];
  return names.map((name) => ({
    name,
    wanted: machines.filter((one) => nameOf(one) === name).reduce((sum, { count }) => sum + count, 0),
  }));
}

const nameOf = ({ instanceType, use }: Machines): string => `${instanceType} for ${use} usage`;

async function look(account: string, needs: readonly Need[], service: ServiceQuotas): Promise<Case[]> {
  const quotas = await service.find(needs.map(({ name }) => name));
  const suffice = needs.every(({ name, wanted }) => (quotas.get(name)?.value ?? 0) >= wanted);
  const requests = suffice ? [] : await service.requests();
  return needs.map((need) => {
    const quota = quotas.get(need.name);
    return { ...need, account, quota, request: requests.find(({ code }) => code === quota?.code) };
  });
}

const askable = ({ quota, request, wanted }: Case): boolean =>
  quota !== undefined && quota.adjustable && quota.value < wanted && request === undefined;

/** One after another: AWS takes few such calls a second. */
async function inTurn(
  cases: readonly Case[],
  act: (one: Case) => Finding | Promise<Finding>,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const one of cases) findings.push(await act(one));
  return findings;
}

function judge({ account, name, wanted, quota, request }: Case): Finding {
  const subject = `Quota of ${account}`;
  const known = { quota: { name, wanted, ...quota, ...(request && { request }) } };
  if (!quota) return { ...missing(subject, `AWS lists no ${name} in this region`, otherType), ...known };
  const found = `${name}: ${quota.value}, ${wanted} wanted`;
  if (quota.value >= wanted) return { ...present(subject, found), ...known };
  if (request)
    return { ...missing(subject, `${found}; ${describe(request)}`, waitFor(request, wanted)), ...known };
  return { ...missing(subject, `${found} (${quota.code})`, quota.adjustable ? askAws : otherType), ...known };
}

async function ask(one: Case, service: ServiceQuotas): Promise<Finding> {
  const { quota, wanted } = one;
  if (!quota) return judge(one);
  try {
    return judge({ ...one, request: await service.request(quota.code, wanted) });
  } catch (error) {
    const finding = judge(one);
    return { ...finding, found: `${finding.found}; not asked for: ${oneLine(error)}`, remedy: askYourself };
  }
}

const otherType =
  "name an instance type that AWS has there, in the model's instance-types.ts or at the start of a run";
const askAws = "ask AWS for it: mlops doctor --request, or Service Quotas in the console";
const askYourself =
  "ask in the console, under Service Quotas, or let the role: servicequotas:RequestServiceQuotaIncrease and, at an account's first " +
  "request, iam:CreateServiceLinkedRole for servicequotas.amazonaws.com";

const describe = ({ wanted, since, status }: QuotaRequest): string =>
  `${wanted} asked for on ${since.slice(0, 10)} (${status})`;

const waitFor = ({ wanted, supportCase }: QuotaRequest, needed: number): string =>
  `wait for AWS's answer${supportCase === undefined ? "" : ` in support case ${supportCase}`}` +
  (wanted < needed ? `, then ask for ${needed}` : "");

const remedyOf = ({ name }: Error): string =>
  name.includes("AccessDenied")
    ? "let the role read quotas: servicequotas:ListServiceQuotas, ListAWSDefaultServiceQuotas and " +
      "ListRequestedServiceQuotaChangeHistory"
    : "try again; without an answer nobody knows whether jobs may start";
