import { runProgram } from "./program";

/** A reader who has seen enough, such as `head`, is no failure. */
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

/** npm runs its scripts in the repository, wherever the user is; other programs below one are where they are. */
function folderOfUser({ npm_lifecycle_event: script, INIT_CWD }: NodeJS.ProcessEnv): string | undefined {
  return script === "plan" || script === "validate" ? INIT_CWD : undefined;
}

void runProgram(process.argv.slice(2), {
  directory: folderOfUser(process.env) ?? process.cwd(),
  variables: process.env,
  out: process.stdout,
  err: process.stderr,
}).then((code) => {
  process.exitCode = code;
});
