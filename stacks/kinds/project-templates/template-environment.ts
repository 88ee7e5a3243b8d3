import type { Estate, WorkloadEnvironment } from "../../../config/schema";
import { functionArn, queueArn, roleArn } from "../../../core/arns";
import type { ProjectTemplatesNames } from "../../../core/project-names";
import { defaultTags } from "../../../core/tags";
import type { TemplateEnvironment } from "../../../templates";
import { accountRegionOf, ciOf } from "../../topology";
import { releaseServers } from "./offered";
import { projectTemplatesOf } from "./settings";

interface Offering {
  readonly names: ProjectTemplatesNames;
  readonly boundaryArn: string;
  /** Id of the stack that offers templates. */
  readonly stack: string;
}

/** What templates are told of an environment, but for their seeds. */
export function templateEnvironment(
  estate: Estate,
  environment: WorkloadEnvironment,
  { names, boundaryArn, stack }: Offering,
): Omit<TemplateEnvironment, "seeds"> {
  const where = accountRegionOf(environment);
  const { project, owner, tags } = estate.shared;
  const ci = ciOf(estate, environment);
  const servers = releaseServers(environment);
  const release = {
    functionArn: functionArn(where, names.function),
    undeliveredQueueArn: queueArn(where, names.deadLetterQueue),
  };
  return {
    ...{ where, boundaryArn },
    prefix: names.prefix,
    projectsBucket: names.projectsBucket,
    keyAlias: names.keyAlias,
    seedFunctionArn: functionArn(where, names.seedFunction),
    releases: { ...(servers.jenkins && { jenkins: release }), ...(servers.gitlab && { gitlab: release }) },
    jenkinsServerArn: ci && roleArn(ci, ci.jenkinsServerRole),
    gitlabUrl: projectTemplatesOf(environment).gitlab?.url,
    tags: defaultTags({ ...{ project, owner, stack }, environment: environment.name, extra: tags }),
  };
}
