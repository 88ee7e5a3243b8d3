import type { z } from "zod";
import {
  accountId,
  emails,
  isEnvironmentName,
  environmentNameRule,
  owner,
  projectName,
  region,
} from "../../config/formats";
import { Refusal } from "../../deploy/estate/refusal";
import { variable } from "../../tools/variable";
import { accountFilesIn } from "./folder";
import type { Wanted, WantedAccount } from "./wanted";

/** Puts a question to a person. @returns what was typed, without spaces around it */
export type Ask = (question: string) => Promise<string>;

/** What is wrong with an answer, worded "must be …"; undefined where nothing is. */
type Check = (answer: string) => string | undefined;

interface Question {
  readonly text: string;
  /** What Enter alone means. @default it is asked again */
  readonly enter?: string | undefined;
  readonly check: Check;
}

/** What is wanted, and whether files that are there may be replaced. */
export interface Asked {
  readonly wanted: Wanted;
  readonly force: boolean;
}

/**
 * Asks whether the shipped example may go, then for what no flag gave.
 * @throws Refusal where --force is needed, or where the example is to stay
 */
export async function askForWanted(
  ask: Ask,
  { wanted, force, directory }: Asked & { readonly directory: string },
): Promise<Asked> {
  const { examples, own } = accountFilesIn(directory);
  if (own.length > 0 && !force)
    throw new Refusal("Nothing was written", [
      `${directory} holds accounts that are no example (${own.join(", ")}): --force replaces those of the same name`,
    ]);
  if (examples.length > 0 && !force) {
    const question = `${directory} holds the shipped example (${examples.join(", ")}). Replace it? [y/N]: `;
    if (!/^y(es)?$/i.test(await ask(question)))
      throw new Refusal("Nothing was written", ["--environments DIR writes to another folder"]);
  }
  return { wanted: await askForMissing(ask, wanted), force: force || examples.length > 0 };
}

/** Asks for what no flag gave; an answer that the checker would refuse is asked for again, with the reason. */
async function askForMissing(ask: Ask, given: Wanted): Promise<Wanted> {
  const put = (question: Question) => answerTo(ask, question);
  const project =
    given.project ??
    (await put({ text: "Project, first part of every name", enter: "mlops", check: by(projectName) }));
  const team =
    given.owner ?? (await put({ text: "Team that owns it, a tag", enter: "ml-platform", check: by(owner) }));
  const regionOfAll =
    given.region ??
    (await put({ text: "AWS region", enter: variable("AWS_REGION") ?? "us-east-1", check: by(region) }));
  const workloads = given.workloads.length > 0 ? given.workloads : await askForWorkloads(put);
  const registry = given.registry ?? (await askForAccount(put, "registry", "the central model registry"));
  const ci = given.ci ?? (await askForCi(put));
  const addresses = given.emails.length > 0 ? given.emails : await askForEmail(put);
  return { ...given, project, owner: team, region: regionOfAll, workloads, registry, ci, emails: addresses };
}

type Put = (question: Question) => Promise<string>;

async function answerTo(ask: Ask, { text, enter, check }: Question): Promise<string> {
  const shown = enter === undefined ? text : `${text} [${enter || "none"}]`;
  for (let complaint = ""; ;) {
    const answer = (await ask(`${complaint}${shown}: `)) || (enter ?? "");
    const problem = answer === "" && enter === "" ? undefined : check(answer);
    if (problem === undefined) return answer;
    complaint = `  It ${problem}\n`;
  }
}

/** Checks an answer as the schema of the environment files does. */
const by =
  (schema: z.ZodType, valueOf: (answer: string) => unknown = (answer) => answer): Check =>
  (answer) =>
    schema.safeParse(valueOf(answer)).error?.issues[0]?.message;

const wordsOf = (answer: string): string[] => answer.split(/[\s,]+/).filter((word) => word !== "");

const areNames: Check = (answer) => {
  const names = wordsOf(answer);
  if (!names.every(isEnvironmentName)) return environmentNameRule;
  return new Set(names).size === names.length && names.length > 0 ? undefined : "must be different names";
};

/** Models go from each to the next. */
async function askForWorkloads(put: Put): Promise<WantedAccount[]> {
  const text = "Environments that run models, in the order models move on";
  const names = wordsOf(await put({ text, enter: "dev prod", check: areNames }));
  const workloads: WantedAccount[] = [];
  for (const [index, name] of names.entries())
    workloads.push({ ...(await askForAccount(put, name, name)), other: names[index + 1] });
  return workloads;
}

const askForAccount = async (put: Put, name: string, what: string): Promise<WantedAccount> => ({
  name,
  account: await put({ text: `Account id of ${what}`, check: by(accountId) }),
});

async function askForCi(put: Put): Promise<WantedAccount | undefined> {
  const text = "Account id of a Jenkins server that applies the last environment's models";
  const account = await put({ text, enter: "", check: by(accountId) });
  return account === "" ? undefined : { name: "jenkins", account };
}

const askForEmail = async (put: Put): Promise<string[]> =>
  wordsOf(await put({ text: "E-mail addresses for alerts", enter: "", check: by(emails, wordsOf) }));
