import { readEstate } from "../../stacks/known";
import { models } from "../../pipelines";
import { environmentsDirectory } from "../../tools/paths";
import { destinationsOf, streamName } from "./destinations";
import { LogStream } from "./log-stream";
import { runLogged } from "./run-logged";

/** Where the estate cannot be read there is nowhere to log to; the command says why, if it matters to it. */
function logStreams(): LogStream[] {
  const directory = environmentsDirectory();
  try {
    const estate = readEstate(directory, models);
    return destinationsOf(estate, streamName(process.env, new Date())).map((place) => new LogStream(place));
  } catch {
    process.stderr.write(`WARNING: nothing is logged to jenkins-log: ${directory} is not valid\n`);
    return [];
  }
}

const command = process.argv.slice(2);
if (command.length === 0) {
  process.stderr.write("Usage: node jenkins/logged.js COMMAND [ARGUMENTS]\n");
  process.exitCode = 2;
} else {
  void runLogged({ command, streams: logStreams(), out: process.stdout, err: process.stderr }).then(
    (code) => {
      // Not `process.exitCode`: a log group that does not answer must not keep the build waiting.
      process.exit(code);
    },
  );
}
