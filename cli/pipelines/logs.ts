import { namesOfWorkload, isWorkload } from "../../stacks/topology";
import { modelNames } from "../../core/naming";
import { localAwsFiles } from "../../tools/paths";
import type { Context } from "../context";
import { modelsOf } from "../estate/find";
import { tableOf } from "../table";
import type { ExecutionView } from "./execution-view";
import type { FoundExecution } from "./find-execution";
import { logGroupsOf, type FunctionLogGroup } from "./log-groups";
import { logFile, logFolder, LogTail, readLog, stepsWithLog } from "./step-logs";

/** What is known of an execution's logs, as `--json` has it and as lines. */
export interface Logs {
  readonly json: unknown;
  readonly text: readonly string[];
}

/** The logs of an execution on this machine as they are written. */
export const tailOf = ({ arn }: FoundExecution): LogTail =>
  new LogTail(logFolder(localAwsFiles.stepLogs, arn));

/** What the steps of an execution printed, or where that is. */
export const logsOf = async (context: Context, found: FoundExecution, view: ExecutionView): Promise<Logs> =>
  (await context.isLocal()) ? localLogs(found, view, context) : cloudWatchLogs(context, found, view);

async function localLogs({ arn }: FoundExecution, { steps }: ExecutionView, { out }: Context): Promise<Logs> {
  const folder = logFolder(localAwsFiles.stepLogs, arn);
  const logged = new Set(await stepsWithLog(folder));
  const names = steps.map(({ name }) => name).filter((name) => logged.has(name));
  if (names.length === 0) return { json: [], text: ["", `No step has written a log to ${folder}`] };
  const texts = await Promise.all(
    names.map(async (name) => ["", out.paint("bold", `${name}:`), (await readLog(folder, name)).trimEnd()]),
  );
  return { json: names.map((step) => ({ step, file: logFile(folder, step) })), text: texts.flat() };
}

function cloudWatchLogs(
  { estate }: Context,
  { environment }: FoundExecution,
  { steps }: ExecutionView,
): Logs {
  const ofFunction: FunctionLogGroup = (name) =>
    isWorkload(environment) &&
    modelsOf(environment).some((model) => modelNames(model.name).latestApprovedModelFunction === name)
      ? namesOfWorkload(estate, environment).functionLogGroup
      : `/aws/lambda/${name}`;
  const json = logGroupsOf(steps, ofFunction);
  const rows = json.map(({ step, logGroup, logStreamPrefix }) => [step, logGroup, logStreamPrefix]);
  const text = tableOf([["STEP", "LOG GROUP", "LOG STREAM BEGINS WITH"], ...rows]);
  return { json, text: ["", ...(json.length > 0 ? text : ["No step has a log in CloudWatch"])] };
}
