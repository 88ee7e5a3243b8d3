import {
  EventBridgeClient,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  ListRulesCommand,
  type Rule,
} from "@aws-sdk/client-eventbridge";
import type { WorkloadEnvironment } from "../../config/schema";
import { workloadsOf } from "../../stacks/topology";
import type { Context } from "../context";
import { UsageError } from "../errors";
import { findWorkload, hint } from "../estate/find";

/** A rule that fires on a schedule, and the way to its account. */
export interface ScheduleRule {
  readonly name: string;
  readonly arn: string;
  readonly schedule: string;
  readonly enabled: boolean;
  readonly environment: WorkloadEnvironment;
  readonly eventBridge: EventBridgeClient;
}

/**
 * Finds a schedule rule by name or ARN.
 * @param environment where to look. @default every workload
 * @throws UsageError where there is none, or more than one
 */
export async function findScheduleRule(
  context: Context,
  given: string,
  environment: string | undefined,
): Promise<ScheduleRule> {
  const { estate } = context;
  const where = environment === undefined ? workloadsOf(estate) : [findWorkload(estate, environment)];
  const rules = (await Promise.all(where.map((workload) => scheduleRules(context, workload)))).flat();
  const found = rules.filter(({ name, arn }) => name === given || arn === given);
  const [only, ...others] = found;
  const places = found.map((rule) => rule.environment.name).join(", ");
  if (others.length > 0) throw new UsageError(`Rule ${given} is in ${places}: say which with --env`);
  if (only) return only;
  const names = [...new Set(rules.map(({ name }) => name))];
  throw new UsageError(`There is no schedule rule "${given}"${hint(given, names)}`);
}

async function scheduleRules(context: Context, environment: WorkloadEnvironment): Promise<ScheduleRule[]> {
  const eventBridge = new EventBridgeClient(await context.access(environment));
  const rules: Rule[] = [];
  for (let NextToken: string | undefined, first = true; first || NextToken; first = false) {
    const page = await eventBridge.send(new ListRulesCommand({ NextToken }));
    rules.push(...(page.Rules ?? []));
    NextToken = page.NextToken;
  }
  return rules.flatMap(({ Name: name = "", Arn: arn = "", ScheduleExpression: schedule, State }) =>
    schedule ? [{ name, arn, schedule, enabled: State !== "DISABLED", environment, eventBridge }] : [],
  );
}

/** ARNs of what a rule starts or tells. */
export async function targetsOf({ name, eventBridge }: ScheduleRule): Promise<string[]> {
  const { Targets = [] } = await eventBridge.send(new ListTargetsByRuleCommand({ Rule: name }));
  return Targets.flatMap(({ Arn }) => Arn ?? []);
}

/** Puts the event that a schedule sends, which on AWS nobody but EventBridge may. */
export async function fire({ arn, eventBridge }: ScheduleRule): Promise<void> {
  const event = { Source: "aws.events", DetailType: "Scheduled Event", Detail: "{}", Resources: [arn] };
  const { Entries = [] } = await eventBridge.send(new PutEventsCommand({ Entries: [event] }));
  const [{ ErrorCode, ErrorMessage = "" } = {}] = Entries;
  if (ErrorCode) throw new Error(`EventBridge did not take the event: ${ErrorCode}: ${ErrorMessage}`);
}
