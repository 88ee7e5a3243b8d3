import { models } from "../pipelines";
import { validate } from "./validate";

process.exitCode = validate(
  process.argv.slice(2),
  { models: models.map(({ name }) => name) },
  {
    // npm runs scripts in the repository, wherever the user is.
    directory: process.env.INIT_CWD ?? process.cwd(),
    variables: process.env,
    colour: process.stderr.isTTY && process.env.NO_COLOR === undefined,
    print: console.log,
    complain: console.error,
  },
);
