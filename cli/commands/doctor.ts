import { ConfigurationError } from "../../config/problems";
import { examineAccess, examineMachine, missing, present, type Finding } from "../../deploy/doctor";
import { exampleAccounts } from "../../deploy/doctor/example-accounts";
import { Accounts } from "../../deploy/access/accounts";
import { selectStacks } from "../../deploy/estate/select-stacks";
import { appliers, type Applier } from "../../stacks/kind";
import { models } from "../../pipelines";
import { listStacks } from "../../stacks/list";
import { documented, type AddCommand } from "../command";
import type { Context } from "../context";
import { checkPython } from "../doctor/python";
import { describeError, exitCodes } from "../errors";
import { applierOption } from "../options";

export const addDoctor: AddCommand = (parent, act) => {
  documented(parent, "doctor", {
    summary:
      "Check what the other commands need: tools, configuration, identity, each account's role and state",
    details: "Each finding that is wrong has its remedy. Exits with 1 if there is one. Changes nothing.",
    examples: ["doctor", "doctor --local", "doctor --applied-by ci --json"],
  })
    .option(
      "--applied-by <who>",
      `whose roles to try: ${appliers.join(" or ")}`,
      applierOption,
      "administrator" as const,
    )
    .action(act(examine));
};

async function examine(context: Context, { appliedBy }: { readonly appliedBy: Applier }) {
  const machine = await Promise.all([examineMachine(), checkPython()]);
  const findings = [...machine.flat(), ...(await examineEstate(context, appliedBy))];
  const wrong = findings.filter(({ ok }) => !ok).length;
  const verdict = wrong === 0 ? "Nothing is missing" : `${wrong} of ${findings.length} findings are wrong`;
  const text = [...findings.map((finding) => describe(finding, context)), verdict].join("\n");
  return { json: { ok: wrong === 0, findings }, text, code: wrong === 0 ? exitCodes.done : exitCodes.failed };
}

/** Without a valid configuration nobody knows which accounts to ask. */
async function examineEstate(context: Context, appliedBy: Applier): Promise<Finding[]> {
  try {
    const { environments } = context.estate;
    const valid = present("Configuration", environments.map(({ name }) => name).join(", "));
    const examples = context.local ? [] : exampleAccounts(context.estate);
    return [valid, ...examples, ...(await examineAws(context, appliedBy))];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const [first = "", ...others] = error.message.split("\n");
    const more = others.length > 0 ? `; and ${others.length} more` : "";
    return [missing("Configuration", first + more, "mlops validate lists every problem")];
  }
}

async function examineAws(context: Context, appliedBy: Applier): Promise<Finding[]> {
  try {
    await context.connect();
  } catch (error) {
    return [missing("Local AWS", describeError(error), "npm start -- --keep")];
  }
  const { estate, role } = context;
  const stacks = selectStacks(listStacks(estate, models), { appliedBy });
  return examineAccess(estate, new Accounts(estate, role), stacks);
}

function describe({ ok, subject, found, remedy }: Finding, { out }: Context): string {
  const sign = ok ? out.paint("green", "✓") : out.paint("red", "✗");
  const line = `${sign} ${subject}: ${found}`;
  return remedy === undefined ? line : `${line}\n    ${out.paint("bold", "→")} ${remedy}`;
}
