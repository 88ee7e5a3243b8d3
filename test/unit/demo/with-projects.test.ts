import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findProjects } from "../../../demo/drill/projects/participants";
import { withMoreSettings } from "../../../demo/more-settings";
import { NoProjectsError, withProjects } from "../../../demo/with-projects";
import { missingPrograms } from "../../../emulator/gitlab/programs";
import { mammoSeverity } from "../../../pipelines/mammo-severity/model";
import { findProjectTemplates } from "../../../stacks/kinds/project-templates/settings";
import { listStacks } from "../../../stacks/list";
import { readEstate } from "../../../stacks/known";
import { repository } from "../../../tools/paths";
import { temporaryFolder } from "../../support/temporary-folder";

const environments = join(repository, "test/fixtures/estate");
const models = [mammoSeverity];
const given = { estate: readEstate(environments, models), environments };
const nothing: readonly string[] = [];

test("an estate offers GitLab's template where models begin their way, from files of its own", () => {
  const before = readFileSync(join(environments, "dev.json"), "utf8");
  const folder = temporaryFolder();
  const more = withProjects(given, models, folder, [...nothing]);
  expect(more.environments).toBe(folder);
  expect(findProjects(more.estate)).toMatchObject({
    environment: { name: "dev" },
    gitlab: { url: "https://gitlab.example.com" },
  });
  const stacks = (estate: typeof given.estate) => listStacks(estate, models).map(({ id }) => id);
  expect(stacks(more.estate).filter((id) => !stacks(given.estate).includes(id))).toEqual([
    "dev-project-templates",
  ]);
  expect(readFileSync(join(environments, "dev.json"), "utf8")).toBe(before);
  expect(withProjects(more, models, temporaryFolder(), [...nothing])).toEqual(more);
});

test("an account that offers other templates offers GitLab's beside them", () => {
  const jenkins = {
    environment: "dev",
    settings: { ci: "jenkins", projectTemplates: { templates: ["jenkins"] } },
  };
  const others = withMoreSettings(environments, models, temporaryFolder(), [jenkins]);
  expect(findProjects(others.estate)).toBeUndefined();
  const { estate } = withProjects(others, models, temporaryFolder(), [...nothing]);
  const environment = findProjects(estate)?.environment;
  expect(environment && findProjectTemplates(environment)?.templates).toEqual(["jenkins", "gitlab"]);
});

test("an estate that offers none takes no part, and without an account that trains nothing can be offered", () => {
  expect(findProjects(given.estate)).toBeUndefined();
  const without = given.estate.environments.filter(({ kind }) => kind !== "workload");
  const estate = { ...given.estate, environments: without };
  expect(() => withProjects({ ...given, estate }, models, temporaryFolder(), [...nothing])).toThrow(
    NoProjectsError,
  );
});

test("a machine without git or rsync is told both, and how they come, before anything begins", () => {
  const folder = temporaryFolder();
  expect(() => withProjects(given, models, folder, missingPrograms(folder))).toThrow(
    /machine has not:\n {2}git with git http-backend, .*apt-get install git.*\n {2}rsync, .*brew install rsync/,
  );
});

test("a git that cannot serve repositories does not do", () => {
  const folder = temporaryFolder();
  for (const [name, says] of [
    ["git", folder],
    ["rsync", "rsync version 3"],
  ] as const)
    writeFileSync(join(folder, name), `#!/bin/sh\necho ${says}\n`, { mode: 0o755 });
  expect(missingPrograms(folder)).toEqual([expect.stringContaining("http-backend")]);
  writeFileSync(join(folder, "git-http-backend"), "");
  expect(missingPrograms(folder)).toEqual([]);
});
