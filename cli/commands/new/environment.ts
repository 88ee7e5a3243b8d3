import { accountId } from "../../../config/formats";
import { kinds, type Kind } from "../../../config/schema";
import { models } from "../../../pipelines";
import { documented, type AddCommand, type Answer } from "../../command";
import type { Context } from "../../context";
import { UsageError } from "../../errors";
import { describeSteps } from "../../init/describe";
import { onTerminal } from "../../init/terminal";
import { checkEnvironmentName, filesOfEnvironment, type WantedEnvironment } from "../../new/environment";
import { estateWith, writingOf } from "../../new/environment-files";
import { formatted } from "../../new/formatted";
import { stepsAfterEnvironment } from "../../new/next-steps";
import { gather } from "../../options";
import { Option } from "commander";
import { join } from "node:path";

type Options = Omit<WantedEnvironment, "account"> & { readonly account?: string; readonly kind: Kind };

export const addNewEnvironment: AddCommand = (parent, act) => {
  documented(parent, "environment", {
    summary: "Write the file of a new account, checked with all others",
    details:
      "On a terminal it asks for the account id that no option gives. With --after the models of that workload come here " +
      "next, and its file says so. Writes all or nothing, and asks AWS nothing.",
    examples: [
      "new environment staging --account 432109876543 --after dev --promotes-to prod",
      "new environment models --kind registry --account 210987654321",
    ],
  })
    .argument("<name>", "name of the environment: of its file")
    .option("--account <id>", "AWS account id")
    .addOption(new Option("--kind <kind>", "what the account is for").choices(kinds).default("workload"))
    .option("--registry <env>", "registry of its models (default: the only one)")
    .option("--ci <env>", "account of the CI server that applies its models (default: an administrator does)")
    .option("--after <env>", "workload whose models come here next")
    .option("--promotes-to <env>", "workload that its models go to next")
    .option("--email <address>", "address that gets its alerts; may be repeated", gather)
    .option("--model <model>", "model that it runs; may be repeated (default: all that others run)", gather)
    .action(act(newEnvironment));
};

async function newEnvironment(context: Context, name: string, options: Options): Promise<Answer> {
  const { estate, environments: directory } = context;
  checkEnvironmentName(directory, name);
  const account = options.account ?? (await askForAccount(context, name));
  const made = filesOfEnvironment({ directory, estate }, name, { ...options, account });
  const own = `${name}.json`;
  const files = new Map([...made, [own, await formatted(join(directory, own), made.get(own) ?? "")]]);
  estateWith(directory, files, models);
  const { written, write } = writingOf(directory, files, models);
  write();
  const next = stepsAfterEnvironment(name, directory);
  return {
    json: { environment: name, written, next },
    text: [...written, "", "Next:", ...describeSteps(next)].join("\n"),
  };
}

/** @throws UsageError where there is no terminal to ask on */
async function askForAccount(context: Context, name: string): Promise<string> {
  if (!process.stdin.isTTY) throw new UsageError("Missing: --account. On a terminal it is asked for");
  return onTerminal(context.err.stream, async (ask) => {
    for (;;) {
      const answer = await ask(`Account id of ${name}: `);
      if (accountId.safeParse(answer).success) return answer;
    }
  });
}
