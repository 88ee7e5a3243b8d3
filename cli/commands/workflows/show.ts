import { describeRun } from "../../../operate/workflows";
import { documented, type AddCommand } from "../../command";
import { describeRunAsText } from "../../workflows/describe-run";
import { findRun, runForms } from "../../workflows/target";

export const addShow: AddCommand = (parent, act) => {
  documented(parent, "show", {
    summary: "Show a run of a workflow: what it was given, and by which name and why it ended",
    examples: ["workflows show dev/iris", "workflows show dev/iris/4b1f… --json"],
  })
    .argument("<run>", runForms)
    .action(
      act(async (context, reference: string) => {
        const { states, executionArn } = await findRun(context, reference);
        const run = await describeRun(states, executionArn);
        return { json: run, text: describeRunAsText(run) };
      }),
    );
};
