import { documented, type AddCommand } from "../../command";
import { describeExecution } from "../../pipelines/describe-execution";
import { executionForms, findExecution } from "../../pipelines/find-execution";
import { Follower, viewExecution } from "../../pipelines/follow";
import { stopUnlessEnded } from "../../pipelines/run-to-end";

export const addStop: AddCommand = (parent, act) => {
  documented(parent, "stop", {
    summary: "Stop an execution and wait until it has stopped",
    details:
      "Changes nothing if the execution has ended. SageMaker lets a running Lambda step end first, or its time run out.",
    examples: ["pipelines stop dev/train", "pipelines stop prod/inference/k3x9f0a2b1c4 --no-wait"],
  })
    .argument("<execution>", executionForms)
    .option("--no-wait", "leave once SageMaker has been asked")
    .action(
      act(async (context, reference: string, { wait }: { readonly wait: boolean }) => {
        const found = await findExecution(context, reference);
        const follower = await Follower.of(context, found);
        const stopping = await stopUnlessEnded(found);
        if (!stopping) context.err.print("The execution has ended already");
        const view = await (stopping && wait ? follower.toEnd() : viewExecution(found));
        return { json: view, text: describeExecution(view, context.out.paint) };
      }),
    );
};
