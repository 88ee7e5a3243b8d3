import type { HistoryEvent } from "@aws-sdk/client-sfn";
import { visitedStates } from "../../../../demo/drill/workflow/history";
import { stateGraph } from "../../../../demo/drill/workflow/state-graph";
import { sample } from "../../../support/workflow";

const event = (type: string, seconds: number, name?: string): HistoryEvent =>
  ({
    id: 0,
    type,
    timestamp: new Date(seconds * 1000),
    ...(name && { [`state${type.endsWith("Entered") ? "Entered" : "Exited"}EventDetails`]: { name } }),
  }) as HistoryEvent;

test("each state has its time, how often it was come to, and whether it failed, with its tries counted as one", () => {
  const events = [
    event("ExecutionStarted", 100),
    ...[event("TaskStateEntered", 101, "Train"), event("TaskFailed", 102), event("TaskSucceeded", 104)],
    event("TaskStateExited", 105, "Train"),
    ...[event("WaitStateEntered", 105, "Wait"), event("WaitStateExited", 107, "Wait")],
    ...[event("WaitStateEntered", 108, "Wait"), event("WaitStateExited", 109, "Wait")],
    ...[
      event("TaskStateEntered", 109, "Ask"),
      event("TaskTimedOut", 112),
      event("TaskStateExited", 112, "Ask"),
    ],
    ...[event("FailStateEntered", 112, "NotAnswered"), event("ExecutionFailed", 112)],
  ];
  const one = { status: "Succeeded", visits: 1 };
  expect(visitedStates(events)).toEqual([
    { name: "Train", ...one, startedAfter: 1, seconds: 4 },
    { name: "Wait", ...one, visits: 2, startedAfter: 5, seconds: 3 },
    { name: "Ask", ...one, status: "Failed", startedAfter: 9, seconds: 3 },
    { name: "NotAnswered", ...one, status: "Failed", startedAfter: 12, seconds: 0 },
  ]);
});

test("a state machine's graph has its states and what leads to what, but not what leads to the end of all that fails", () => {
  const { states, links } = stateGraph(sample().render());
  expect(states.slice(0, 4)).toEqual([
    { name: "CheckInput", kind: "Choice" },
    { name: "InvalidInput", kind: "Fail" },
    { name: "Run", kind: "Pass" },
    { name: "Train", kind: "createTrainingJob.sync" },
  ]);
  const from = (name: string) => links.flatMap((link) => (link.from === name ? [link.to] : []));
  expect(from("Train")).toEqual(["CreateModel"]);
  expect(from("Ask")).toEqual(["Decide", "TellTimedOut"]);
  expect(from("InService")).toEqual(["TellDeployed", "NeverInService", "Count"]);
  expect(from("Count")).toEqual(["Wait"]);
});
