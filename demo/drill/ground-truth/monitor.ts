import { textAt } from "../accounts";
import { reasonOf, type EndedExecution } from "../executions";
import type { Inbox } from "../inbox";
import { checkResultsOf } from "../jobs";
import { fireSchedule } from "../schedules";
import { assertThat } from "../stage";
import { waitFor } from "../wait";
import type { PeriodReport } from "../../report/ground-truth-types";
import { actSeconds, watchAct, type GroundTruthAct } from "./context";
import { truthArrives } from "./data";
import { sample } from "./sample";
import { metricsOf, violationsOf } from "./reports";

/** What became of the batch arrives, and is as the model was approved for. */
export async function monitorAgrees(act: GroundTruthAct): Promise<void> {
  const title = "Ground truth that agrees passes the monitor";
  await act.stages.run(title, async () => {
    const people = await truthArrives(act, "clean");
    const ended = await monitor(act, title);
    assertThat(ended.status === "Succeeded", `The monitor ended as ${ended.status}: ${reasonOf(ended)}`);
    const { metrics } = await keepPeriod(act, title, ended);
    return { verdict: `${describe(metrics)} over ${people} people`, result: undefined };
  });
}

/** What became of people who have changed arrives: the monitor fails, naming the metric, and those who get alerts hear which step it was. */
export async function monitorFindsWorse(act: GroundTruthAct, inbox: Inbox): Promise<void> {
  const title = "Ground truth of people who have changed fails the monitor";
  const failed = await act.stages.run(title, async () => {
    await truthArrives(act, "drifted");
    const result = await monitor(act, title);
    const steps = result.steps.filter(({ StepStatus }) => StepStatus === "Failed");
    assertThat(
      result.status === "Failed" && steps.length === 1 && steps[0]?.Metadata?.QualityCheck !== undefined,
      `The monitor ended as ${result.status}: ${reasonOf(result)}`,
    );
    const { violations } = await keepPeriod(act, title, result);
    const named = violations.map(({ metric }) => metric);
    assertThat(named.includes(sample.worse), `The monitor names ${named.join(", ") || "nothing"}`);
    return { verdict: violations.map(({ description }) => description).join("; "), result };
  });
  await readAlert(act, inbox, failed);
}

async function readAlert(act: GroundTruthAct, inbox: Inbox, failed: EndedExecution): Promise<void> {
  await act.stages.run("The alert of worse predictions arrives", async () => {
    const step = failed.steps.find(({ StepStatus }) => StepStatus === "Failed");
    const needed = [act.production.pipelines.monitor, failed.arn, step?.StepName ?? ""];
    const found = async () =>
      (await inbox.alerts()).find(({ text }) => needed.every((part) => text.includes(part)));
    const wait = { seconds: actSeconds, signal: act.signal };
    const alert = await waitFor(`An alert with ${needed.join(", ")}`, found, wait);
    return { verdict: alert.text.split("\n")[0] ?? "", result: undefined };
  });
}

/** Fires the deployed schedule rule of the monitor, and follows what it starts. */
async function monitor(act: GroundTruthAct, title: string): Promise<EndedExecution> {
  const { production, rules, signal } = act;
  const pipeline = production.pipelines.monitor;
  const arn = await fireSchedule(production, { rule: rules.monitor, pipeline }, signal);
  return watchAct(act, production, { title, pipeline, startedBy: rules.monitor }, arn);
}

async function keepPeriod(act: GroundTruthAct, title: string, ended: EndedExecution): Promise<PeriodReport> {
  const { s3, sagemaker } = act.production.clients;
  const results = await checkResultsOf(sagemaker, ended);
  const read = (file: string) => textAt(s3, `${results}/${file}`);
  const period = {
    title,
    metrics: metricsOf(await read("statistics.json")),
    violations: violationsOf(await read("constraint_violations.json")),
  };
  act.periods.push(period);
  return period;
}

const describe = (metrics: PeriodReport["metrics"]): string =>
  Object.entries(metrics)
    .map(([name, value]) => `${name} ${value.toFixed(3)}`)
    .join(", ");
