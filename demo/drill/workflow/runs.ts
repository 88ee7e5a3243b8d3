import type { Browser } from "./browser";
import { describeRun, startRun, type DescribedRun } from "../../../operate/workflows";
import type { AlertReport } from "../../report/types";
import type { WorkflowRunReport } from "../../report/workflow-types";
import type { Inbox } from "../inbox";
import { assertThat } from "../stage";
import { waitFor } from "../wait";
import { actSeconds, type WorkflowAct } from "./context";
import { historyOf, visitedStates } from "./history";

/** Seconds that nobody can answer in. */
const tooFew = 1;

/** Opens the link of a run's mail as a mail scanner does, which decides nothing, and then decides as a person does. */
export async function decide(
  act: WorkflowAct,
  browser: Browser,
  run: string,
  answer: "approved" | "rejected",
): Promise<string> {
  const mail = await messageAbout(act, act.inboxes.approvals, run, /\/approvals\//);
  const [link = ""] = /https:\S+/.exec(mail.text) ?? [];
  for (let scans = 0; scans < 3; scans++) await browser.open(link);
  const { status } = await describeRun(act.states, run);
  const { title } = await browser.open(link);
  assertThat(status === "RUNNING" && title === "May this model serve?", `Opening the link decided: ${title}`);
  const decided = await browser.answer(link, answer);
  assertThat(
    decided.status === 200 && decided.title.toLowerCase() === answer,
    `The page answered ${decided.status}, ${decided.title}`,
  );
  const again = await browser.answer(link, "approved");
  assertThat(again.title === "This question is answered", `A second click was answered by: ${again.title}`);
  return mail.text;
}

/** Starts a run of the same image by hand. @param late whether it is given no time for an answer */
export const startAnother = (
  { states, machineArn }: WorkflowAct,
  digest: string,
  { late = false } = {},
): Promise<string> => startRun(states, machineArn, { digest, answerSeconds: String(late ? tooFew : 3600) });

/** Follows a run to its end, which must be by this name, and to the message that tells of it. @param end undefined for a good one */
export async function ended(
  act: WorkflowAct,
  run: string,
  title: string,
  end: string | undefined,
): Promise<WorkflowRunReport> {
  const over = async (): Promise<DescribedRun | undefined> => {
    const now = await describeRun(act.states, run);
    return now.status === "RUNNING" ? undefined : now;
  };
  const last = await waitFor("The run's end", over, { seconds: actSeconds, signal: act.signal });
  assertThat(
    last.error === end,
    `It ended as ${last.status}, ${last.error ?? "by no name"}: ${last.cause ?? ""}`,
  );
  const about = end === undefined ? / serves / : new RegExp(end.replace(".", String.raw`\.`));
  const told = await messageAbout(act, act.inboxes.alerts, run, about);
  const events = await historyOf(act.states, run);
  return {
    ...{ title, executionArn: run, status: last.status, told: told.text },
    ...(last.error !== undefined && { end: last.error }),
    ...(last.cause !== undefined && { reason: last.cause }),
    seconds: ((last.endedAt?.getTime() ?? 0) - (last.startedAt?.getTime() ?? 0)) / 1000,
    states: visitedStates(events),
  };
}

const messageAbout = (act: WorkflowAct, inbox: Inbox, run: string, pattern: RegExp): Promise<AlertReport> =>
  waitFor(
    `A message about ${run}`,
    async () => (await inbox.alerts()).find(({ text }) => text.includes(run) && pattern.test(text)),
    { seconds: actSeconds, signal: act.signal },
  );
