import type { WorkloadEnvironment } from "../../../config/schema";
import { topicArn } from "../../../core/arns";
import { foundationStackId, projectTemplatesStackId } from "../../../core/stack-ids";
import { managedByAdministrators, nothingByHand, type StackKind } from "../../kind";
import { accountRegionOf, ciOf } from "../../topology";
import { namesIn, offers, releaseServers, secretsOf, templatesIn } from "./offered";
import { serversAreOfUse, templatesHaveServers, usersAreOfTheAccount } from "./rules";
import { projectTemplatesOf, projectTemplatesSettings } from "./settings";

/**
 * `<env>-project-templates`: templates of SageMaker projects, and what begins their repositories. It has a role that makes roles, so that an
 * administrator applies it (ADR 81).
 */
export const projectTemplatesKind: StackKind<WorkloadEnvironment> = {
  kind: "project-templates",
  title: "project templates",
  in: "workload",
  wave: "workload",
  settings: { at: "workload", key: "projectTemplates", schema: projectTemplatesSettings },
  rules: [templatesHaveServers, serversAreOfUse, usersAreOfTheAccount],
  instances: (account) =>
    account.projectTemplates === undefined ? [] : [{ id: projectTemplatesStackId(account) }],
  create: (app, stack, context) => {
    const { ProjectTemplatesStack } =
      require("./project-templates-stack") as typeof import("./project-templates-stack");
    new ProjectTemplatesStack(app, stack.id, context.propsOf(stack));
  },
  appliedBy: () => "administrator",
  contents: (estate, { environment }) => {
    const names = namesIn(estate, environment);
    return [
      `templates ${templatesIn(environment)
        .map(({ name, versions }) => `${name} (${versions.map((version) => version.name).join(", ")})`)
        .join(", ")}`,
      `bucket ${names.projectsBucket} of what projects write`,
      `function ${names.seedFunction}`,
      ...Object.entries(releaseServers(environment)).map(
        ([server, { url }]) => `asks ${server} at ${url} to deploy`,
      ),
    ];
  },
  links: (estate, { id, environment }) => {
    const ci = ciOf(estate, environment);
    return [
      { kind: "data", from: id, to: foundationStackId(environment), label: "projects beside the models" },
      ...(ci && offers(environment, "jenkins")
        ? [{ kind: "trust" as const, from: ci.name, to: id, label: "assumes the projects' CI roles" }]
        : []),
    ];
  },
  needs: () => [],
  byHand: (estate, { environment }) => {
    const names = namesIn(estate, environment);
    const connection = projectTemplatesOf(environment).github?.connection;
    return {
      ...nothingByHand,
      mail: [
        { topicArn: topicArn(accountRegionOf(environment), names.topic), emails: environment.alertEmails },
      ],
      secrets: secretsOf(environment),
      connections: offers(environment, "jenkins")
        ? [connection === undefined ? { name: names.connection } : { arn: connection }]
        : [],
    };
  },
  manages: () => managedByAdministrators,
};
