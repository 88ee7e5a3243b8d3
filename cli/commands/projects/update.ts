import { hasFailed, updateProject } from "../../../operate/projects";
import { resourcesOf } from "../../../operate/stacks-of-projects";
import type { Parameters } from "../../../operate/executions";
import { documented, type AddCommand } from "../../command";
import { exitCodes } from "../../errors";
import { collectParameter } from "../../pipelines/parameters";
import { describeProject, viewProject } from "../../projects/describe-project";
import { describeUpdate } from "../../projects/describe-update";
import { followProject } from "../../projects/follow";
import { isNothing, planUpdate } from "../../projects/plan-update";
import { projectNamed, projectsAccount } from "../../projects/target";

interface Options {
  readonly templateVersion?: string;
  readonly param?: Parameters;
  readonly wait: boolean;
}

export const addUpdate: AddCommand = (parent, act) => {
  documented(parent, "update", {
    summary: "Move a project to a version of its template, or give its parameters other values",
    details:
      "Says what changes first, with every mistake; then follows it, and exits with 1 if it fails, with the true reason: CloudFormation goes " +
      "back to what there was. Parameters keep their values unless given. Repositories stay as they are: new code comes on a branch of " +
      "each, seed/<version>, for a merge request. Ctrl-C leaves; AWS goes on. A project of the catalog is updated by a role that may take its " +
      "products, with --role.",
    examples: [
      "projects update dev churn",
      "projects update dev churn --template-version 2 --param GitLabGroup=ml",
    ],
  })
    .argument("<env>", "environment")
    .argument("<project>", "name of the project")
    .option("--template-version <name>", "version of its template; default: the newest that is offered")
    .option("--param <name=value>", "value of the template's parameter; may be repeated", collectParameter)
    .option("--no-wait", "leave once AWS has begun")
    .action(
      act(async (context, env: string, name: string, { templateVersion, param, wait }: Options) => {
        const account = await projectsAccount(context, env);
        const project = await projectNamed(account, name);
        const wish = { version: templateVersion, given: param ?? {} };
        const { plan, update } = await planUpdate(context, account, project, wish);
        if (isNothing(plan))
          return { json: { ...project, update: plan }, text: `${name} is at version ${plan.to} already` };
        context.err.print(describeUpdate(name, plan));
        const before = await resourcesOf(account.cloudformation, project.stack ?? "");
        await updateProject(account.sagemaker, update);
        if (!wait) return { json: { ...project, update: plan }, text: `Updating ${name}` };
        const updated = await followProject(context, account, name, before);
        if (!updated) throw new Error(`Project ${name} has gone while it was updated`);
        const view = await viewProject(account.cloudformation, updated);
        const code = hasFailed(updated) ? exitCodes.failed : exitCodes.done;
        return { json: { ...view, update: plan }, text: describeProject(view, context.out.paint), code };
      }),
    );
};
