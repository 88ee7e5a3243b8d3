import { callerArn } from "../../../deploy/access/caller";
import { describeRun, stopRun } from "../../../operate/workflows";
import { poll } from "../../../tools/poll";
import { documented, type AddCommand } from "../../command";
import { describeRunAsText, isOver } from "../../workflows/describe-run";
import { findRun, runForms } from "../../workflows/target";

export const addStop: AddCommand = (parent, act) => {
  documented(parent, "stop", {
    summary: "Stop a run of a workflow, with the job that it waits for",
    details: "Changes nothing if the run has ended. What it made and nothing uses is removed afterwards.",
    examples: ["workflows stop dev/iris"],
  })
    .argument("<run>", runForms)
    .action(
      act(async (context, reference: string) => {
        const { states, executionArn, workload } = await findRun(context, reference);
        const before = await describeRun(states, executionArn);
        if (isOver(before)) context.err.print("The run has ended already");
        else
          await stopRun(
            states,
            executionArn,
            `stopped by ${(await callerArn(workload.region)) ?? "unknown"}`,
          );
        const run = await poll(
          async () => {
            const now = await describeRun(states, executionArn);
            return isOver(now) ? now : undefined;
          },
          { everyMilliseconds: 500 },
        );
        return { json: run, text: describeRunAsText(run) };
      }),
    );
};
