import { ensurePython } from "../../../tools/python/environment";
import { sdkEnvironment } from "../../../tools/sagemaker-sdk/environment";
import { sideBySide } from "../../../tools/side-by-side";
import type { Standing } from "../standing";
import { buildVersion } from "./build";
import { prepareAct, type ProjectsActOptions } from "./context";
import { makeProject } from "./project";
import { nothingIsRefused } from "./refused";
import { releaseToProduction, releaseToStaging } from "./release";
import { askProduction } from "./serving";

/**
 * From a template that an account offers to an endpoint that predicts: a project with seeded repositories, whose own CI trains,
 * registers, deploys what is approved to staging, tests it there, waits for a person, and deploys it to production.
 * @throws Error of the first stage that does not hold; the results keep what was found until then
 */
export async function playProjects(options: ProjectsActOptions, standing: Standing): Promise<void> {
  await sideBySide(bringSdk(options), standing.in(options.participants.environment.name));
  const act = await prepareAct(options);
  await act.git.connect(act.access);
  const project = await makeProject(act);
  const version = await buildVersion(act, project);
  const plan = await releaseToStaging(act, project, version);
  await releaseToProduction(act, project, plan);
  await askProduction(act, project, version);
  await nothingIsRefused(act, project);
}

/** CI's Python, which the runner's machine has before any job begins. */
const bringSdk = ({ stages, say }: ProjectsActOptions): Promise<void> =>
  stages.run("Bring AWS's SDK for the CI of projects", async () => {
    await ensurePython(say, sdkEnvironment("2"));
    return { verdict: "version 2, by its lock", result: undefined };
  });
