import { join } from "node:path";
import { execa } from "execa";
import { projectNames } from "../../../core/project-names";
import { namesIn } from "../../../stacks/kinds/project-templates/offered";
import { repository } from "../../../tools/paths";
import { group } from "../../git-server";
import { assertThat } from "../stage";
import { waitFor } from "../wait";
import { actSeconds, type Project, type ProjectsAct } from "./context";

const name = "diagnosis";
const template = "gitlab";
const repositories = { ModelBuild: `${name}-build`, ModelDeploy: `${name}-deploy` };

/** What `mlops projects create --json` says. */
interface Made {
  readonly id: string;
  readonly status: string;
  readonly resources: readonly { readonly type: string }[];
  readonly failures: readonly { readonly logicalId: string; readonly reason: string }[];
}

/** As a data scientist does by the command line: everything that the project has is made, and its repositories are seeded. */
export async function makeProject(act: ProjectsAct): Promise<Project> {
  const { participants, stages, results } = act;
  const { environment } = participants;
  return stages.run(`Make a project of template ${template} in ${environment.name}`, async () => {
    const askedAt = Date.now();
    const { id, resources } = await create(act);
    const seconds = (Date.now() - askedAt) / 1000;
    const paths = Object.values(repositories).map((each) => `${group}/${each}`);
    const report: Project["report"] = {
      ...{ name, id, template, environment: environment.name, account: environment.account },
      resources: countsOf(resources.map(({ type }) => type)),
      repositories: await Promise.all(paths.map((path) => seeded(act, path))),
      steps: [{ name: "Make and seed", by: "CloudFormation", status: "passed", startedAfter: 0, seconds }],
      executions: [],
    };
    results.projects.push(report);
    const { modelPackageGroup } = projectNames(namesIn(act.estate, environment).prefix, { name, id });
    const [build = "", deploy = ""] = paths;
    const commits = report.repositories.map(({ path, commit }) => `${path} at ${commit.slice(0, 8)}`);
    return {
      verdict: `${name} (${id}): ${resources.length} resources, ${commits.join(", ")}`,
      result: { askedAt, build, deploy, group: modelPackageGroup, report },
    };
  });
}

async function create({ participants, signal }: ProjectsAct): Promise<Made> {
  const parameters = Object.entries(repositories).map(
    ([prefix, value]) => `${prefix}CodeRepositoryName=${value}`,
  );
  const words = ["projects", "create", participants.environment.name, name, "--template", template];
  const given = [`GitLabGroup=${group}`, ...parameters].flatMap((each) => ["--param", each]);
  const { exitCode, stdout, stderr } = await execa(
    process.execPath,
    [join(repository, "cli/mlops.js"), ...words, ...given, "--json"],
    { stdin: "ignore", reject: false, cancelSignal: signal },
  );
  signal.throwIfAborted();
  assertThat(stdout.startsWith("{"), `mlops projects create ended with ${exitCode ?? "a signal"}: ${stderr}`);
  const made = JSON.parse(stdout) as Made;
  const reasons = made.failures.map(({ logicalId, reason }) => `${logicalId}: ${reason}`);
  assertThat(exitCode === 0, `The project is ${made.status}: ${reasons.join("; ")}`);
  return made;
}

/** The commit that a repository begins with, by the pipeline that GitLab makes of it. */
async function seeded({ git, signal }: ProjectsAct, path: string) {
  const first = async () => (await git.as("platform").pipelines(path)).at(-1);
  const { sha: commit } = await waitFor(`The seed of ${path}`, first, { seconds: actSeconds, signal });
  return { path, commit };
}

function countsOf(types: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const type of types) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}
