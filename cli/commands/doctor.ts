import { ConfigurationError } from "../../config/problems";
import {
  connectionCheck,
  examineAccess,
  examineMachine,
  mailCheck,
  missing,
  present,
  quotaCheck,
  secretCheck,
  type AccountCheck,
  type Finding,
} from "../../deploy/doctor";
import { exampleAccounts } from "../../deploy/doctor/example-accounts";
import { Accounts } from "../../deploy/access/accounts";
import { selectStacks } from "../../deploy/estate/select-stacks";
import { appliers, type Applier } from "../../stacks/kind";
import { models } from "../../pipelines";
import { listStacks, type StackDescription } from "../../stacks/list";
import { documented, type AddCommand } from "../command";
import type { Context } from "../context";
import { checkPython } from "../doctor/python";
import { describeError, exitCodes, UsageError } from "../errors";
import { applierOption } from "../options";

export const addDoctor: AddCommand = (parent, act) => {
  documented(parent, "doctor", {
    summary:
      "Check what the other commands need, and what no apply brings: tools, access, states, quotas, alerts",
    details:
      "Each finding that is wrong has its remedy. Exits with 1 if there is one. Changes nothing, but for asking AWS for " +
      "higher quotas with --request. With an administrator's roles it asks whether SageMaker's quotas have room for all " +
      "pipelines at once, who has confirmed to get alerts, and whether the secrets and connections stand that people put " +
      "there and complete.",
    examples: ["doctor", "doctor --request", "doctor --local", "doctor --applied-by ci --json"],
  })
    .option(
      "--applied-by <who>",
      `whose roles to try: ${appliers.join(" or ")}`,
      applierOption,
      "administrator" as const,
    )
    .option("--request", "ask AWS to raise the SageMaker quotas that are too low")
    .action(act(examine));
};

interface DoctorOptions {
  readonly appliedBy: Applier;
  readonly request?: boolean;
}

async function examine(context: Context, options: DoctorOptions) {
  if (options.request && options.appliedBy !== "administrator")
    throw new UsageError("--request takes an administrator's roles: leave --applied-by out");
  const machine = await Promise.all([examineMachine(), checkPython()]);
  const findings = [...machine.flat(), ...(await examineEstate(context, options))];
  const wrong = findings.filter(({ ok }) => !ok).length;
  const verdict = wrong === 0 ? "Nothing is missing" : `${wrong} of ${findings.length} findings are wrong`;
  const text = [...findings.map((finding) => describe(finding, context)), verdict].join("\n");
  return { json: { ok: wrong === 0, findings }, text, code: wrong === 0 ? exitCodes.done : exitCodes.failed };
}

/** Without a valid configuration nobody knows which accounts to ask. */
async function examineEstate(context: Context, options: DoctorOptions): Promise<Finding[]> {
  try {
    const { environments } = context.estate;
    const valid = present("Configuration", environments.map(({ name }) => name).join(", "));
    const examples = context.local ? [] : exampleAccounts(context.estate);
    return [valid, ...examples, ...(await examineAws(context, options))];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const [first = "", ...others] = error.message.split("\n");
    const more = others.length > 0 ? `; and ${others.length} more` : "";
    return [missing("Configuration", first + more, "mlops validate lists every problem")];
  }
}

async function examineAws(context: Context, options: DoctorOptions): Promise<Finding[]> {
  try {
    await context.connect();
  } catch (error) {
    return [missing("Local AWS", describeError(error), "npm start -- --keep")];
  }
  const { estate, role } = context;
  const all = listStacks(estate, models);
  const stacks = selectStacks(all, { appliedBy: options.appliedBy });
  const checks = options.appliedBy === "administrator" ? await accountChecks(context, all, options) : [];
  return examineAccess(estate, new Accounts(estate, role), stacks, checks);
}

/** Local AWS sends no mail: nobody could confirm one. */
async function accountChecks(
  context: Context,
  stacks: readonly StackDescription[],
  { request = false }: DoctorOptions,
): Promise<AccountCheck[]> {
  const { estate } = context;
  const checks = [
    quotaCheck(estate, stacks, request),
    secretCheck(estate, stacks),
    connectionCheck(estate, stacks),
  ];
  return (await context.isLocal()) ? checks : [...checks, mailCheck(estate, stacks)];
}

function describe({ ok, subject, found, remedy }: Finding, { out }: Context): string {
  const sign = ok ? out.paint("green", "✓") : out.paint("red", "✗");
  const line = `${sign} ${subject}: ${found}`;
  return remedy === undefined ? line : `${line}\n    ${out.paint("bold", "→")} ${remedy}`;
}
