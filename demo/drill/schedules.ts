import { PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { ruleArn } from "../../core/arns";
import { accountRegionOf } from "../../stacks/topology";
import type { Workload } from "./context";
import { executionsOf } from "./executions";
import { waitFor } from "./wait";

/**
 * Fires a deployed schedule rule, as EventBridge does at its time.
 * @returns ARN of the execution that it started
 */
export async function fireSchedule(
  { clients, environment }: Pick<Workload, "clients" | "environment">,
  { rule, pipeline }: { readonly rule: string; readonly pipeline: string },
  signal: AbortSignal,
): Promise<string> {
  const { sagemaker, eventBridge } = clients;
  const before = await executionsOf(sagemaker, pipeline);
  const Resources = [ruleArn(accountRegionOf(environment), rule)];
  const event = { Source: "aws.events", DetailType: "Scheduled Event", Detail: "{}", Resources };
  await eventBridge.send(new PutEventsCommand({ Entries: [event] }));
  const started = async () => {
    const [newest] = await executionsOf(sagemaker, pipeline);
    return newest !== before[0] ? newest : undefined;
  };
  return waitFor("An execution started by the schedule", started, { seconds: 10, signal });
}
