import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { cache, repository } from "../../tools/paths";

/**
 * The deployment package of a handler in `lambdas/`: a zip named after its content, in a folder of the cache that is
 * named after what it is made of, so that nothing is bundled twice.
 * @returns the package's path
 */
export function packageHandler(name: string, directory = join(cache, "functions")): string {
  const folder = join(directory, `${name}-${handlerInputs()}`);
  const [made] = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(".zip")) : [];
  if (made) return join(folder, made);
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the bundler, loaded only where a handler changed
  const { writePackage } = require("./bundle") as typeof import("./bundle");
  return writePackage(join(handlers, name, "index.ts"), folder);
}

const handlers = join(repository, "lambdas");
/** What handlers are made of. */
const sources = [handlers, join(repository, "core")];
let inputs: string | undefined;

/** Changes with any file of any handler or of `core`, with the packages that may be bundled, and with how. */
function handlerInputs(): string {
  if (inputs !== undefined) return inputs;
  const files = sources.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .toSorted()
      .map((file) => join(folder, file)),
  );
  const hash = createHash("sha256");
  for (const file of [...files, join(repository, "package-lock.json"), join(__dirname, "bundle.ts")])
    hash.update(`${relative(repository, file)}\0`).update(readFileSync(file));
  inputs = hash.digest("hex").slice(0, 16);
  return inputs;
}
