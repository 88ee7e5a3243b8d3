import { missingPrograms } from "../emulator/gitlab/programs";
import type { ModelDefinition } from "../pipelines/model";
import { findProjectTemplates } from "../stacks/kinds/project-templates/settings";
import { inOrderOfPromotion } from "../stacks/topology";
import { findProjects } from "./drill/projects/participants";
import { withMoreSettings, type EstateFiles } from "./more-settings";

const gitlab = { url: "https://gitlab.example.com", tokenSecret: "mlops/gitlab-token" };

/** No account, or no programs, for projects. */
export class NoProjectsError extends Error {}

/**
 * An estate whose first account offers GitLab's template of projects. One that offers it already is as it is.
 * @param copies gets its files, where they are not those that were given
 * @param missing programs that this machine lacks
 * @throws NoProjectsError where no account is a workload, or a program is missing
 */
export function withProjects(
  { estate, environments }: EstateFiles,
  models: readonly ModelDefinition[],
  copies: string,
  missing = missingPrograms(),
): EstateFiles {
  if (missing.length > 0)
    throw new NoProjectsError(["--projects needs, and this machine has not:", ...missing].join("\n  "));
  if (findProjects(estate)) return { estate, environments };
  const [first] = inOrderOfPromotion(estate);
  if (!first) throw new NoProjectsError("--projects needs an account that trains");
  const before = findProjectTemplates(first);
  const templates = before?.templates && { templates: [...before.templates, "gitlab"] };
  return withMoreSettings(environments, models, copies, [
    { environment: first.name, settings: { projectTemplates: { ...before, ...templates, gitlab } } },
  ]);
}
