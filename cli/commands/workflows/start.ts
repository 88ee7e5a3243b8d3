import { describeRun, startRun } from "../../../operate/workflows";
import { workflowSettingsOf } from "../../../stacks/kinds/workflow/settings";
import { poll } from "../../../tools/poll";
import { documented, type AddCommand } from "../../command";
import { exitCodes, UsageError } from "../../errors";
import { positiveInteger } from "../../options";
import { describeRunAsText, isOver } from "../../workflows/describe-run";
import { findWorkflow } from "../../workflows/target";

interface Options {
  readonly answerWithin?: number;
  readonly name?: string;
  readonly wait?: boolean;
}

export const addStart: AddCommand = (parent, act) => {
  documented(parent, "start", {
    summary: "Start a model's workflow with an image of its container",
    details:
      "Prints the run's ARN and leaves: a person answers in hours. With --wait, exits with 1 if the run does not succeed.",
    examples: [
      `workflows start dev iris sha256:${"0".repeat(64)}`,
      `workflows start dev iris sha256:${"0".repeat(64)} --answer-within 600 --wait`,
    ],
  })
    .argument("<env>", "environment")
    .argument("<model>", "model, as its folder in pipelines/ is called")
    .argument("<digest>", "of the image in the model's repository: sha256:…", digestArgument)
    .option(
      "--answer-within <seconds>",
      "how long a person may take (default: the file's answerHours)",
      positiveInteger,
    )
    .option("--name <name>", "of the run; no other may have had it in the last 90 days", runName)
    .option("--wait", "until it has ended")
    .action(
      act(async (context, env: string, model: string, digest: string, options: Options) => {
        const { answerWithin, name, wait = false } = options;
        const target = await findWorkflow(context, env, model);
        const longest = workflowSettingsOf(target.workload, target.model).answerHours * 60 * 60;
        if (answerWithin !== undefined && answerWithin > longest)
          throw new UsageError(`--answer-within must be at most ${longest} seconds, got: ${answerWithin}`);
        const answerSeconds = String(answerWithin ?? longest);
        const arn = await startRun(target.states, target.machineArn, { digest, answerSeconds }, name);
        if (!wait) return { json: { executionArn: arn }, text: arn };
        context.err.print(`Started ${arn}`);
        const run = await poll(
          async () => {
            const now = await describeRun(target.states, arn);
            return isOver(now) ? now : undefined;
          },
          { everyMilliseconds: 1000 },
        );
        const code = run.status === "SUCCEEDED" ? exitCodes.done : exitCodes.failed;
        return { json: run, text: describeRunAsText(run), code };
      }),
    );
};

/** @throws UsageError for what is none */
function digestArgument(text: string): string {
  if (/^sha256:[0-9a-f]{64}$/.test(text)) return text;
  throw new UsageError(`An image's digest must be sha256: and 64 hexadecimal digits, got: ${text}`);
}

/** @throws UsageError for what Step Functions does not take */
function runName(text: string): string {
  if (/^[\w-]{1,80}$/.test(text)) return text;
  throw new UsageError(`--name must be 1 to 80 letters, digits, dashes and underscores, got: ${text}`);
}
