import { documented, type AddCommand } from "../../command";
import { describeProject, viewProject } from "../../projects/describe-project";
import { projectNamed, projectsAccount } from "../../projects/target";

export const addShow: AddCommand = (parent, act) => {
  documented(parent, "show", {
    summary: "Show a project: of which template, what it is made of, and why it failed",
    examples: ["projects show dev churn", "projects show dev churn --json"],
  })
    .argument("<env>", "environment")
    .argument("<project>", "name of the project")
    .action(
      act(async (context, env: string, name: string) => {
        const account = await projectsAccount(context, env);
        const view = await viewProject(account.cloudformation, await projectNamed(account, name));
        return { json: view, text: describeProject(view, context.out.paint) };
      }),
    );
};
