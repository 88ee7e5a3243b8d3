import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { foreignProvidersIn } from "../../estate/init-stack";
import type { Backend, PlanFile } from "../../terraform/plan-file";
import { addressOf, attributesIn, managedIn, type StateJson } from "../../terraform/state-json";
import { keptFile } from "../kept-resources";
import { foreignCodeIn } from "./foreign-code";

const synthesisedFile = "cdk.tf.json";

/** What leaves a state for good, and stays on AWS: nothing else may be in that file, least of all a provisioner. */
const keptSchema = z.strictObject({
  removed: z.array(
    z.strictObject({
      from: z.string().regex(/^(aws_\w+|terraform_data)\.[\w-]+$/),
      lifecycle: z.strictObject({ destroy: z.literal(false) }),
    }),
  ),
});

/**
 * What in a saved plan is not what this checkout makes of it: `terraform apply` goes by the configuration, the state and the place of the
 * state that are in the plan, and reads none of the files beside it.
 * @param directory the stack's synthesised folder, initialised
 * @param present the stack's state as it is now
 * @returns a clause for each difference; empty where there is none
 */
export function planDifferences(plan: PlanFile, directory: string, present: StateJson): string[] {
  const synthesised = readFileSync(join(directory, synthesisedFile), "utf8");
  return [
    ...configurationDifferences(plan.configuration, synthesised),
    ...plan.modules.map((module) => `the saved plan holds ${module}, and stacks have no modules`),
    ...plan.variables.map((name) => `the saved plan sets the variable ${name}, and stacks have none`),
    ...backendDifference(plan.backend, directory),
    ...stateDifferences(plan.state, present, synthesised),
  ];
}

function configurationDifferences(embedded: PlanFile["configuration"], synthesised: string): string[] {
  const foreign = Object.entries(embedded).flatMap(([file, text]) =>
    foreignCodeIn(text).map((code) => `the saved plan's ${file} runs foreign code: ${code}`),
  );
  const others = Object.keys(embedded).filter((file) => file !== synthesisedFile && file !== keptFile);
  return [
    ...foreign,
    ...others.map((file) => `the saved plan holds ${file}, which is not synthesised`),
    ...(embedded[synthesisedFile] === synthesised
      ? []
      : [`the saved plan was made of another ${synthesisedFile} than is synthesised`]),
    ...(embedded[keptFile] === undefined || isKept(embedded[keptFile])
      ? []
      : [`the saved plan's ${keptFile} does more than to leave resources on AWS`]),
  ];
}

function isKept(text: string): boolean {
  try {
    return keptSchema.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}

/** Terraform writes here what `init` was told of the state's place. */
const initialised = ".terraform/terraform.tfstate";

function backendDifference({ type, config, workspace }: Backend, directory: string): string[] {
  const { backend } = JSON.parse(readFileSync(join(directory, initialised), "utf8")) as {
    readonly backend: Pick<Backend, "type" | "config">;
  };
  const same = type === backend.type && workspace === "default" && isDeepStrictEqual(config, backend.config);
  return same ? [] : ["the saved plan keeps its state elsewhere than is synthesised"];
}

/**
 * The state in a plan was refreshed, so it may differ in attributes, and lack what is gone. But an address is of the same resource, and a
 * new address is of what the code imports or moves.
 */
function stateDifferences(planned: StateJson, present: StateJson, synthesised: string): string[] {
  const now = attributesIn(present);
  const { import: imported = [], moved = [] } = JSON.parse(synthesised) as Arrivals;
  const arriving = new Set([...imported, ...moved].map(({ to }) => to));
  const resources = managedIn(planned).filter((resource) => !arriving.has(addressOf(resource)));
  return [
    ...foreignProvidersIn(planned),
    ...resources.flatMap((resource) => {
      const [known, id] = [now[resource.type]?.[resource.name]?.id, resource.instances[0]?.attributes?.id];
      return known === id
        ? []
        : [`${addressOf(resource)} is ${JSON.stringify(id)}, now ${JSON.stringify(known ?? null)}`];
    }),
  ].map((difference) => `the saved plan's state: ${difference}`);
}

/** Where resources come to that the state has not had there. */
interface Arrivals {
  readonly import?: readonly { readonly to: string }[];
  readonly moved?: readonly { readonly to: string }[];
}
