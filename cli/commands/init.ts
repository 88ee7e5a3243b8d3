import { schemaFileName } from "../../config/folder";
import { ConfigurationError, formatProblem } from "../../config/problems";
import { Refusal } from "../../deploy/estate/refusal";
import { models } from "../../pipelines";
import { hasPipelines } from "../../pipelines/model";
import { documented, type AddCommand, type Answer } from "../command";
import type { Context } from "../context";
import { UsageError } from "../errors";
import { problemsAfter } from "../init/check";
import { describeChanges, describeFiles, describeSteps } from "../init/describe";
import { environmentFiles, type Files } from "../init/files";
import { changesTo, isReplacing, makeChanges, type FileChange } from "../init/folder";
import { nextSteps } from "../init/next-steps";
import { askForWanted, type Asked } from "../init/questions";
import { onTerminal } from "../init/terminal";
import { complaintsAbout, missingFlags, readFlags, type InitFlags } from "../init/usage";
import { gather } from "../options";

interface InitOptions extends InitFlags {
  readonly force?: boolean;
  readonly dryRun?: boolean;
}

export const addInit: AddCommand = (parent, act) => {
  documented(parent, "init", {
    summary: "Write the environment files for your own accounts",
    details:
      "On a terminal it asks for what no option gives. Writes shared.json and a file for each account, checked before " +
      "anything is written: all of them or none. Files that are there are replaced only with --force, which also " +
      "removes the accounts of the shipped example. Asks AWS nothing.",
    examples: [
      "init",
      "init --project churn --owner data-team --region eu-west-1 --registry registry=210987654321 \\\n" +
        "      --workload dev=321098765432:prod --workload prod=432109876543 --force",
    ],
  })
    .option("--project <name>", "first part of every name")
    .option("--owner <team>", "team that owns everything; becomes a tag")
    .option("--region <region>", "AWS region of all accounts")
    .option("--admin-role <name>", "role that administrators assume in each account")
    .option("--registry <name=account>", "account of the central model registry")
    .option(
      "--workload <name=account[:next]>",
      "account that runs models, and the workload they go to next; may be repeated",
      gather,
    )
    .option(
      "--ci <name=account[:workload]>",
      "account of a Jenkins server, and the workload that it applies (default: the last)",
    )
    .option("--email <address>", "address that gets the alerts; may be repeated", gather)
    .option(
      "--model <model>",
      "model that the workloads run; may be repeated (default: all in pipelines/)",
      gather,
    )
    .option("--force", "replace files that are there")
    .option("--dry-run", "print the files instead of writing them")
    .action(act(init));
};

async function init(context: Context, options: InitOptions): Promise<Answer> {
  const directory = context.ownEnvironments;
  const { wanted, force } = await wantedOf(context, options);
  const files = environmentFiles(wanted);
  const changes = changesTo(directory, files);
  const problems = problemsAfter(context, directory, files, changes);
  const complaints = complaintsAbout(wanted);
  if (complaints.length > 0) throw new UsageError([...complaints, ...problems.map(formatProblem)].join("\n"));
  if (problems.length > 0) throw new ConfigurationError(problems);
  const next = nextSteps(wanted, directory);
  if (options.dryRun) return dryRun(directory, files, changes);
  const replaced = changes.filter(isReplacing);
  if (replaced.length > 0 && !force)
    throw new Refusal("Nothing was written: --force does this", describeChanges(replaced));
  makeChanges(directory, files, changes);
  return {
    json: { directory, dryRun: false, files: changes, next },
    text: [`In ${directory}:`, ...describeChanges(changes), "", "Next:", ...describeSteps(next)].join("\n"),
  };
}

/** What the options and, on a terminal, the answers say. @throws UsageError naming every option that is missing */
async function wantedOf(context: Context, options: InitOptions): Promise<Asked> {
  const { wanted, complaints } = readFlags(
    options,
    models.filter(hasPipelines).map(({ name }) => name),
  );
  const missing = missingFlags(wanted);
  const force = options.force ?? false;
  if (complaints.length === 0 && missing.length === 0) return { wanted, force };
  if (complaints.length === 0 && process.stdin.isTTY)
    return onTerminal(context.err.stream, (ask) =>
      askForWanted(ask, { wanted, force, directory: context.ownEnvironments }),
    );
  if (missing.length > 0)
    complaints.push(`Missing: ${missing.join(", ")}. On a terminal, mlops init asks for them`);
  throw new UsageError(complaints.join("\n"));
}

function dryRun(directory: string, files: Files, changes: readonly FileChange[]): Answer {
  const shown = new Map([...files].filter(([file]) => file !== schemaFileName));
  return {
    json: {
      directory,
      dryRun: true,
      files: changes.map((change) => ({ ...change, content: shown.get(change.file) })),
    },
    text: [...describeFiles(shown), `In ${directory}, this would be:`, ...describeChanges(changes)].join(
      "\n",
    ),
  };
}
