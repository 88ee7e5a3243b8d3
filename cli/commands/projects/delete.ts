import { deleteProject, type DescribedProject } from "../../../operate/projects";
import type { Stays } from "../../../operate/stays-of-projects";
import { standingStacks } from "../../../operate/stacks-of-projects";
import { listenForInterrupt } from "../../../tools/interrupt";
import { Refusal } from "../../../deploy/estate/refusal";
import { documented, type AddCommand } from "../../command";
import { confirmName } from "../../confirm";
import { exitCodes } from "../../errors";
import { describeProject, viewProject } from "../../projects/describe-project";
import { followProject } from "../../projects/follow";
import { projectNamed, projectsAccount, type ProjectsAccount } from "../../projects/target";

export const addDelete: AddCommand = (parent, act) => {
  documented(parent, "delete", {
    summary: "Delete a project: its roles and its entries in SageMaker",
    details:
      "What people made stays: the repositories, the versions of its model, and its files in the bucket. Refused while its " +
      "endpoints stand, which work by its roles. Asks for the name on a terminal.",
    examples: ["projects delete dev churn", "projects delete dev churn --yes churn"],
  })
    .argument("<env>", "environment")
    .argument("<project>", "name of the project")
    .option("--yes <name>", "the name, to confirm without being asked")
    .action(
      act(async (context, env: string, name: string, { yes }: { readonly yes?: string }) => {
        const account = await projectsAccount(context, env);
        const project = await projectNamed(account, name);
        await refuseWhileServing(account, project);
        const { stays } = await viewProject(account.cloudformation, project);
        const { signal, release } = listenForInterrupt();
        await confirmName(context, { name, given: yes, signal }).finally(release);
        await deleteProject(account.sagemaker, name);
        const left = await followProject(context, account, name);
        if (!left) return { json: { deleted: project, stays }, text: whatStays(project, stays) };
        const view = await viewProject(account.cloudformation, left);
        return { json: view, text: describeProject(view, context.out.paint), code: exitCodes.failed };
      }),
    );
};

/** @throws Refusal where stacks of its deploy repository stand */
async function refuseWhileServing(
  { cloudformation }: ProjectsAccount,
  { name, id }: DescribedProject,
): Promise<void> {
  const stacks = await standingStacks(cloudformation, `sagemaker-${name}-${id}-`);
  if (stacks.length === 0) return;
  throw new Refusal(
    `Project ${name} was not deleted`,
    stacks.map(
      (stack) => `its stack ${stack} stands and works by its roles: delete it first, in CloudFormation`,
    ),
  );
}

function whatStays({ name, id }: DescribedProject, { repositories, modelPackageGroup }: Stays): string {
  const all = [
    ...repositories,
    ...(modelPackageGroup === undefined ? [] : [`the model package group ${modelPackageGroup}`]),
  ];
  return `Deleted ${name}. These stay: ${all.join(", ")}${all.length > 0 ? ", and " : ""}what lies below ${id}/ in the bucket of projects`;
}
