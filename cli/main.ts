import { runProgram } from "./program";

/** A reader who has seen enough, such as `head`, is no failure. */
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

void runProgram(process.argv.slice(2), {
  // npm runs scripts in the repository, wherever the user is.
  directory: process.env.INIT_CWD ?? process.cwd(),
  variables: process.env,
  out: process.stdout,
  err: process.stderr,
}).then((code) => {
  process.exitCode = code;
});
