import { githubForm } from "../parameters";
import { projectOf } from "../project";
import { githubRepositories } from "../repositories";
import { seededRepositories } from "../seeded-repositories";
import type { ProjectTemplate } from "../template";

const description =
  "Three GitHub repositories that Jenkins builds: one prepares data, one trains and registers a model, one scores batches with approved versions";

const repositories = seededRepositories("jenkins-batch");
const names = repositories.map(({ name }) => name);

/** Preprocessing, build and deployment by batch transform, on GitHub and Jenkins. */
export const jenkinsBatch: ProjectTemplate = {
  name: "jenkins-batch",
  title: "Preprocess, train and score batches with GitHub and Jenkins",
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
