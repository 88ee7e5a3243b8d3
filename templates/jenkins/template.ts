import { githubForm } from "../parameters";
import { projectOf } from "../project";
import { githubRepositories } from "../repositories";
import { seededRepositories } from "../seeded-repositories";
import type { ProjectTemplate } from "../template";

const description =
  "Two GitHub repositories that Jenkins builds: one trains and registers a model, one serves approved versions";

const repositories = seededRepositories("jenkins");
const names = repositories.map(({ name }) => name);

/** Build and deploy, on GitHub and Jenkins. */
export const jenkins: ProjectTemplate = {
  name: "jenkins",
  title: "Build, train and deploy with GitHub and Jenkins",
  description,
  server: "jenkins",
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
          form: githubForm(names),
          repositories: githubRepositories(parts, names),
        }),
    },
  ],
};
