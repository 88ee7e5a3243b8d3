import { noResults, type DrillResults } from "../../../demo/drill/results";
import { Stages } from "../../../demo/drill/stage";
import { playWorkflow } from "../../../demo/drill/workflow";
import { findWorkflow } from "../../../demo/drill/workflow/participants";
import type { WorkflowReport } from "../../../demo/report/workflow-types";
import { tools } from "../../support/tools";
import type { ChangedStacks } from "./changed-stacks";

/** Plays the workflow's act of the drill on an estate that stands. @throws Error where no account has all that it takes */
export async function playAct({
  applied: { localAws },
  changed: { estate, models },
}: ChangedStacks): Promise<{ readonly report: WorkflowReport; readonly results: DrillResults }> {
  const participants = findWorkflow(estate, models);
  if (!participants) throw new Error("no account has a container, a workflow and an API of one model");
  const results = noResults();
  const around = { stages: new Stages(() => undefined), results, signal: new AbortController().signal };
  await playWorkflow({ estate, participants, localAws, python: tools().python, ...around });
  const [report] = results.workflows;
  if (!report) throw new Error("the act has no report");
  return { report, results };
}
