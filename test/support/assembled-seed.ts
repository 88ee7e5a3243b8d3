import { cpSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { seedParts } from "../../templates/seed-parts";
import { repository } from "../../tools/paths";

const templates = join(repository, "templates");

/** What the function that seeds repositories writes as `project.json`. */
export const projectFile = {
  projectName: "churn",
  projectId: "p-abcdefghijkl",
  projectArn: "arn:aws:sagemaker:us-east-1:111111111111:project/churn",
  region: "us-east-1",
  account: "111111111111",
  partition: "aws",
  bucket: "test-projects-111111111111",
  prefix: "p-abcdefghijkl",
  keyArn: "arn:aws:kms:us-east-1:111111111111:key/11111111-2222-3333-4444-555555555555",
  executionRoleArn: "arn:aws:iam::111111111111:role/test-project-p-abcdefghijkl-execution",
  ciRoleArn: "arn:aws:iam::111111111111:role/test-project-p-abcdefghijkl-ci",
  modelPackageGroup: "churn-p-abcdefghijkl",
  template: "jenkins",
  templateVersion: "1",
  repository: "acme/churn-build",
  branch: "main",
};

/** Every repository that a template has: template, repository, and the folders that it is made of. */
export const seeds = Object.entries(seedParts).flatMap(([template, repositories]) =>
  Object.entries(repositories).map(([name, parts]) => ({
    template,
    name,
    parts: parts as readonly string[],
  })),
);

/** Lays a repository's seed together, as the project would get it. */
export function assembleSeed(
  template: string,
  name: string,
  folder: string,
  project: object = projectFile,
): void {
  const seed = seeds.find((each) => each.template === template && each.name === name);
  if (seed === undefined) throw new Error(`there is no seed ${template}/${name}`);
  mkdirSync(folder, { recursive: true });
  for (const part of [...seed.parts.map((each) => `shared/${each}`), `${template}/seed/${name}`])
    cpSync(join(templates, part), folder, { recursive: true, filter: isSource });
  writeFileSync(join(folder, "project.json"), JSON.stringify(project, undefined, 2));
}

const leftOver = new Set(["__pycache__", ".pytest_cache", ".ruff_cache"]);
const isSource = (path: string): boolean => existsSync(path) && !leftOver.has(basename(path));
