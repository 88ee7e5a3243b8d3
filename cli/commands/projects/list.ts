import { listProjects } from "../../../operate/projects";
import { documented, type AddCommand } from "../../command";
import { timeOf } from "../../format";
import { positiveInteger } from "../../options";
import { paintProjectStatus } from "../../projects/describe-project";
import { projectsAccount } from "../../projects/target";
import { tableOf } from "../../table";

export const addList: AddCommand = (parent, act) => {
  documented(parent, "list", {
    summary: "List an account's SageMaker projects, newest first",
    examples: ["projects list dev"],
  })
    .argument("<env>", "environment")
    .option("--limit <count>", "how many at most", positiveInteger, 100)
    .action(
      act(async (context, env: string, { limit }: { readonly limit: number }) => {
        const { sagemaker } = await projectsAccount(context, env);
        const json = await listProjects(sagemaker, limit);
        if (json.length === 0) return { json, text: `Environment ${env} has no project` };
        const rows = json.map(({ name, id, status, createdAt }) => [
          name,
          id,
          { text: status, paint: paintProjectStatus(status, context.out.paint) },
          timeOf(createdAt),
        ]);
        return { json, text: tableOf([["PROJECT", "ID", "STATUS", "CREATED"], ...rows]).join("\n") };
      }),
    );
};
