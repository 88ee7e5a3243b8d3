import { createProject, findProject, hasFailed } from "../../../operate/projects";
import type { Parameters } from "../../../operate/executions";
import { documented, type AddCommand } from "../../command";
import { exitCodes, UsageError } from "../../errors";
import { collectParameter } from "../../pipelines/parameters";
import { describeProject, viewProject } from "../../projects/describe-project";
import { followProject } from "../../projects/follow";
import { checkProject } from "../../projects/parameters";
import { projectsAccount, type ProjectsAccount } from "../../projects/target";
import { offeredTemplate } from "../../projects/template";

interface Options {
  readonly template: string;
  readonly param?: Parameters;
  readonly description?: string;
  readonly wait: boolean;
}

export const addCreate: AddCommand = (parent, act) => {
  documented(parent, "create", {
    summary: "Make a SageMaker project of a template, with its repositories",
    details:
      "Checks all values first, follows what is made, and exits with 1 if it fails, with the true reason. Ctrl-C leaves; AWS goes on. " +
      "One that has failed is deleted by mlops projects delete before it is made again; what was seeded then is found again.",
    examples: [
      "projects create dev churn --template jenkins --param ModelBuildCodeRepositoryURL=https://github.com/example/build …",
      "projects create dev churn --template gitlab --param ModelBuildCodeRepositoryName=churn-build …",
    ],
  })
    .argument("<env>", "environment")
    .argument("<project>", "name, of 1 to 32 letters, digits and inner dashes")
    .requiredOption("--template <name>", "template, as the environment offers it")
    .option("--param <name=value>", "value of the template's parameter; may be repeated", collectParameter)
    .option("--description <text>", "what it is for")
    .option("--no-wait", "print the project's id and leave")
    .action(
      act(async (context, env: string, name: string, options: Options) => {
        const { template, param = {}, description, wait } = options;
        const account = await projectsAccount(context, env);
        const { sagemaker, cloudformation } = account;
        const { url: templateUrl, roleArn, content } = await offeredTemplate(context, account, template);
        checkProject(name, param, content.Parameters ?? {});
        await refuseTaken(account, name);
        const request = { name, description, template, templateUrl, roleArn, parameters: param };
        const id = await createProject(sagemaker, request);
        if (!wait) return { json: { name, id }, text: id };
        context.err.print(`Making ${name} (${id})`);
        const made = await followProject(context, account, name);
        if (!made) throw new Error(`Project ${name} has gone while it was made`);
        const view = await viewProject(cloudformation, made);
        const code = hasFailed(made) ? exitCodes.failed : exitCodes.done;
        return { json: view, text: describeProject(view, context.out.paint), code };
      }),
    );
};

/** @throws UsageError where there is a project of the name, whatever state it is in */
async function refuseTaken({ sagemaker, workload }: ProjectsAccount, name: string): Promise<void> {
  const standing = await findProject(sagemaker, name);
  if (!standing) return;
  const remedy = hasFailed(standing)
    ? `: delete it first, with mlops projects delete ${workload.name} ${name}`
    : "";
  throw new UsageError(
    `Environment ${workload.name} has a project ${name} already (${standing.status})${remedy}`,
  );
}
