import { listRuns } from "../../../operate/workflows";
import { documented, type AddCommand } from "../../command";
import { timeOf } from "../../format";
import { positiveInteger } from "../../options";
import { tableOf } from "../../table";
import { paintRunStatus } from "../../workflows/describe-run";
import { findWorkflow } from "../../workflows/target";

export const addList: AddCommand = (parent, act) => {
  documented(parent, "list", {
    summary: "List the runs of a model's workflow, newest first",
    examples: ["workflows list dev iris --limit 5"],
  })
    .argument("<env>", "environment")
    .argument("<model>", "model, as its folder in pipelines/ is called")
    .option("--limit <count>", "how many at most", positiveInteger, 20)
    .action(
      act(async (context, env: string, model: string, { limit }: { readonly limit: number }) => {
        const { states, machineArn } = await findWorkflow(context, env, model);
        const json = await listRuns(states, machineArn, limit);
        if (json.length === 0) return { json, text: `The workflow of ${model} has no run yet` };
        const rows = json.map(({ name, status, startedAt, endedAt }) => [
          name,
          { text: status, paint: paintRunStatus(status, context.out.paint) },
          timeOf(startedAt),
          timeOf(endedAt),
        ]);
        return { json, text: tableOf([["RUN", "STATUS", "STARTED", "ENDED"], ...rows]).join("\n") };
      }),
    );
};
