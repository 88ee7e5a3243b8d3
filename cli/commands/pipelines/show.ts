import { documented, type AddCommand } from "../../command";
import { executionForms, findExecution } from "../../pipelines/find-execution";
import { describeExecution } from "../../pipelines/describe-execution";
import { Follower, viewExecution } from "../../pipelines/follow";
import { logsOf, tailOf } from "../../pipelines/logs";

interface Options {
  readonly follow?: boolean;
  readonly logs?: boolean;
}

export const addShow: AddCommand = (parent, act) => {
  documented(parent, "show", {
    summary: "Show an execution: its steps, how long each took, why one failed",
    details: "With --logs also what its steps printed; on AWS, which CloudWatch log groups have it.",
    examples: [
      "pipelines show dev/train",
      "pipelines show prod/inference/k3x9f0a2b1c4 --logs",
      "pipelines show dev/train --follow --logs",
      "pipelines show arn:aws:sagemaker:us-east-1:111111111111:pipeline/mine/execution/k3x9f0a2b1c4 --json",
    ],
  })
    .argument("<execution>", executionForms)
    .option("--follow", "live, until it has ended")
    .option("--logs", "what its steps printed")
    .action(
      act(async (context, reference: string, { follow = false, logs = false }: Options) => {
        const found = await findExecution(context, reference);
        const local = await context.isLocal();
        const tail = follow && logs && local ? tailOf(found) : undefined;
        const view = await (follow
          ? (await Follower.of(context, found, tail)).toEnd()
          : viewExecution(found));
        const described = logs ? await logsOf(context, found, view) : undefined;
        const text = [describeExecution(view, context.out.paint), ...(tail ? [] : (described?.text ?? []))];
        return { json: { ...view, ...(described && { logs: described.json }) }, text: text.join("\n") };
      }),
    );
};
