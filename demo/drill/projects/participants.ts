import type { Estate, WorkloadEnvironment } from "../../../config/schema";
import { offers } from "../../../stacks/kinds/project-templates/offered";
import { findProjectTemplates } from "../../../stacks/kinds/project-templates/settings";
import { inOrderOfPromotion } from "../../../stacks/topology";

/** An account that offers a template whose repositories are on a GitLab server. */
export interface ProjectsParticipants {
  readonly environment: WorkloadEnvironment;
  readonly gitlab: { readonly url: string; readonly tokenSecret: string };
}

/** @returns undefined where no account offers GitLab's template */
export function findProjects(estate: Estate): ProjectsParticipants | undefined {
  for (const environment of inOrderOfPromotion(estate)) {
    const gitlab = findProjectTemplates(environment)?.gitlab;
    if (gitlab && offers(environment, "gitlab")) return { environment, gitlab };
  }
  return undefined;
}
