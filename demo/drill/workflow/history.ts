import { paginateGetExecutionHistory, type HistoryEvent, type SFNClient } from "@aws-sdk/client-sfn";
import type { VisitedState } from "../../report/workflow-types";

export async function historyOf(client: SFNClient, executionArn: string): Promise<HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  for await (const page of paginateGetExecutionHistory({ client }, { executionArn }))
    events.push(...(page.events ?? []));
  return events;
}

/** @returns in the order in which a run came to them. https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html */
export function visitedStates(events: readonly HistoryEvent[]): VisitedState[] {
  const begin = events[0]?.timestamp?.getTime() ?? 0;
  const states = new Map<string, VisitedState>();
  let current: { readonly name: string; readonly at: number; fails: boolean } | undefined;
  const leave = (at: number): void => {
    if (!current) return;
    const { name, at: from, fails } = current;
    const before = states.get(name);
    states.set(name, {
      name,
      status: fails ? "Failed" : "Succeeded",
      visits: (before?.visits ?? 0) + 1,
      startedAfter: before?.startedAfter ?? (from - begin) / 1000,
      seconds: (before?.seconds ?? 0) + (at - from) / 1000,
    });
    current = undefined;
  };
  for (const { type = "", timestamp, stateEnteredEventDetails: entered } of events) {
    const at = timestamp?.getTime() ?? begin;
    if (entered?.name !== undefined) current = { name: entered.name, at, fails: type.startsWith("Fail") };
    else if (type.endsWith("StateExited") || type.startsWith("Execution")) leave(at);
    else if (current && /(?:Failed|TimedOut)$/.test(type)) current.fails = true;
    else if (current && type.endsWith("Succeeded")) current.fails = false;
  }
  return [...states.values()];
}
