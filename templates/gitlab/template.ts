import { gitlabForm } from "../parameters";
import { projectOf } from "../project";
import { gitlabRepositories } from "../repositories";
import { seededRepositories } from "../seeded-repositories";
import type { ProjectTemplate } from "../template";

const description =
  "Two GitLab repositories with their CI: one trains and registers a model, one serves approved versions";

const repositories = seededRepositories("gitlab");
const names = repositories.map(({ name }) => name);

/** Build and deploy, on GitLab and its CI. */
export const gitlab: ProjectTemplate = {
  name: "gitlab",
  title: "Build, train and deploy with GitLab",
  description,
  server: "gitlab",
  versions: [
    {
      name: "1",
      description: "The first version",
      active: true,
      guidance: "DEFAULT",
      repositories,
      render: (parts) =>
        projectOf(parts, {
          description,
          names,
          form: gitlabForm(names),
          repositories: gitlabRepositories(parts, names),
        }),
    },
  ],
};
