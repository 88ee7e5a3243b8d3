import { parseArgs } from "node:util";

export interface StartOptions {
  /** Leave local AWS up and write the variables that point tools at it. */
  readonly keep: boolean;
  /** Play the act of the workflow, too, which takes stacks more. */
  readonly workflow: boolean;
  /** Play the act of the sample in Python, too, whose predictions are held to what becomes of them. */
  readonly python: boolean;
  /** Play the act of a project made of GitLab's template, too, which takes a stack and packages more. */
  readonly projects: boolean;
  /** Print the result as JSON on standard output; progress goes to standard error. */
  readonly json: boolean;
  readonly help: boolean;
}

export const usage = `Usage: npm start [-- OPTIONS]

Applies every stack of every account to a local AWS on this machine and plays the data drift drill there: train, register,
approve, infer, drift, train again, alert. Shows that nothing is pending afterwards, and writes drill-report.html and
drill-report.json.

  --keep      leave local AWS and its pipeline runner up; prints how to use them (npm stop ends them)
  --workflow  also let a commit to a model's container become what serves, with a person between; adds iris to the
              first account if no account has a container, a workflow and an API of one model
  --python    also train the sample in Python, diabetes-progression, and hold its predictions to ground truth that
              arrives later; adds it to the first and the last account if no account does that
  --projects  also make a SageMaker project of GitLab's template, and let its own CI train, register, deploy and test, with
              a person before production; has the first account offer that template if none does. Needs git and rsync
  --json      print the result as JSON
  --help      print this

MLOPS_ENVIRONMENTS=DIR takes the environment files from another folder.
Exit codes: 0 every stage passed, 1 one failed, 2 bad configuration or usage, 130 interrupted.`;

/** @throws TypeError for an unknown option */
export function parseStartOptions(args: readonly string[]): StartOptions {
  const flag = { type: "boolean", default: false } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { keep: flag, workflow: flag, python: flag, projects: flag, json: flag, help: flag },
  });
  return values;
}
