import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  accessMatrix,
  breachesOf,
  changesOf,
  markdownOf,
  policiesOf,
  readNeeds,
  readResources,
  reasonFor,
  unneededGrants,
  type Breach,
  type Resource,
} from "../../audit";
import { models } from "../../pipelines";
import { askedForIn } from "../../stacks/asked-for";
import { synthesise } from "../../deploy/synthesis/synthesise";
import { documented, type AddCommand, type Answer } from "../command";
import type { Context } from "../context";
import { exitCodes } from "../errors";
import { folderOfThisRun } from "../estate/session-folder";

interface AccessOptions {
  readonly out?: string;
  readonly check?: string;
  readonly needs?: string;
}

export const addAccess: AddCommand = (parent, act) => {
  documented(parent, "access", {
    summary: "Say who may do what, by the policies of all stacks together",
    details:
      "Simulates every role, administrator, service and outsider against everything that any policy grants, and what nobody must " +
      "have. Asks AWS nothing. Exits with 1 where a rule is broken that holds in every estate, and with 3 where --check differs.",
    examples: [
      "access",
      "access --out docs/access-matrix.md",
      "access --check docs/access-matrix.md",
      "access --needs .cache/local-aws/needs.jsonl",
      "access --json",
    ],
  })
    .option("--out <file>", "write the table as Markdown, to be reviewed like a lock file")
    .option("--check <file>", "compare with a table that was reviewed, and print the lines that differ")
    .option(
      "--needs <file>",
      "list what is granted and was not needed, by what local AWS was asked, each with its reason",
    )
    .action(act(access));
};

async function access(context: Context, { out, check, needs }: AccessOptions): Promise<Answer> {
  if (needs !== undefined) return unneeded(await synthesisedResources(context), context.path(needs));
  const reviewed = check === undefined ? undefined : readFileSync(context.path(check), "utf8");
  const { estate } = context;
  const matrix = await accessMatrix(estate, await synthesisedResources(context));
  const asked = askedForIn(estate, models);
  const markdown = markdownOf(matrix, estate, asked);
  const breaches = breachesOf(matrix, estate);
  const changes = reviewed === undefined ? [] : changesOf(reviewed, markdown);
  if (out !== undefined) writeFileSync(context.path(out), markdown);
  const { cells, services } = matrix;
  return {
    json: { cells, services, asked, breaches, changes },
    text: [
      ...(out === undefined && check === undefined ? [markdown.trimEnd(), ""] : []),
      ...changes,
      ...breaches.map(lineOf),
      verdict(breaches, changes, cells.length),
    ].join("\n"),
    code: codeOf(breaches, changes),
  };
}

function unneeded(resources: readonly Resource[], file: string): Answer {
  const grants = unneededGrants(policiesOf(resources), readNeeds(file)).map((grant) => ({
    ...grant,
    reason: reasonFor(grant),
  }));
  const unexplained = grants.filter(({ reason }) => reason === undefined);
  return {
    json: { grants },
    text: [
      ...grants.map(({ role, policy, action, resources: on, reason = "no reason is known" }) =>
        [`${role} ${policy} ${action}`, ...on.map((one) => `    ${one}`), `    because ${reason}`].join("\n"),
      ),
      `${grants.length} grants were not needed, ${unexplained.length} of them for no reason that is known`,
    ].join("\n"),
    code: exitCodes.done,
  };
}

async function synthesisedResources({ environments }: Context) {
  const folder = folderOfThisRun();
  try {
    await synthesise({ output: folder, environments });
    return readResources(join(folder, "stacks"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const lineOf = ({ rule, what }: Breach): string => `broken: ${rule}: ${what}`;

function verdict(breaches: readonly Breach[], changes: readonly string[], asked: number): string {
  const rules = breaches.length === 0 ? "every rule holds" : `${breaches.length} breaches of rules`;
  const differ = changes.length === 0 ? "" : `; ${changes.length} lines differ from what was reviewed`;
  return `${asked} questions asked of everybody: ${rules}${differ}`;
}

function codeOf(breaches: readonly Breach[], changes: readonly string[]): number {
  if (breaches.length > 0) return exitCodes.failed;
  return changes.length > 0 ? exitCodes.pending : exitCodes.done;
}
