import { readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { build } from "esbuild";
import { repository } from "../../../../tools/paths";

/** What `npm start` has where it is asked for alone: `--projects` brings packages for development, too (ADR 92). */
const ofAnAct = "gitlab-ci-local";

/** What runs where packages for development are left out, as `npm start` leaves them. */
const programs = [
  "main.ts",
  "cli/main.ts",
  "demo/main.ts",
  "emulator/authorization/main.ts",
  "emulator/jenkins/main.ts",
  "emulator/local-aws/stop.ts",
  "emulator/runner/main.ts",
  "emulator/runner/worker.ts",
];

const packageOf = (path: string): string =>
  path
    .split("/")
    .slice(0, path.startsWith("@") ? 2 : 1)
    .join("/");

test("programs import packages that are no development's", async () => {
  const { metafile } = await build({
    entryPoints: programs.map((program) => join(repository, program)),
    ...{ bundle: true, platform: "node", packages: "external", write: false, outdir: "out", metafile: true },
    loader: { ".node": "empty" },
    logLevel: "silent",
  });
  const imported = Object.values(metafile.inputs)
    .flatMap(({ imports }) => imports)
    .filter(({ path, external }) => external && !isBuiltin(path))
    .map(({ path }) => packageOf(path));
  const { dependencies, devDependencies, scripts } = JSON.parse(
    readFileSync(join(repository, "package.json"), "utf8"),
  ) as Record<"dependencies" | "devDependencies" | "scripts", Record<string, string>>;
  expect(imported).toContain("@cloud-copilot/iam-simulate");
  expect([...new Set(imported)].filter((name) => !(name in dependencies))).toEqual([ofAnAct]);
  expect(devDependencies).toHaveProperty(ofAnAct);
  expect(scripts.start).toContain("--omit=dev --but-for=--projects demo/main.ts");
});
