import { Builds } from "./builds";
import type { Scenario } from "./events";
import { runPipeline } from "./harness";

/** Runs stages, and what follows them, on any agent. */
export async function run(rest: string, ...scenarios: readonly Partial<Scenario>[]): Promise<Builds> {
  const named = (scenarios.length > 0 ? scenarios : [{}]).map((scenario, index) => ({
    name: String(index),
    ...scenario,
  }));
  return new Builds(await runPipeline(`pipeline {\nagent any\n${rest}\n}`, named));
}

/** A stage with what is in it. */
export const stage = (name: string, body: string): string => `stage('${name}') { ${body} }`;
export const says = (text: string): string => `steps { echo '${text}' }`;
/** What was echoed. */
export const said = (builds: Builds): string[] => builds.steps("echo").map(({ message }) => String(message));
/** Why the file is no pipeline that Jenkins would run. */
export const complaints = (builds: Builds): unknown[] =>
  builds.events.filter(({ event }) => ["violation", "refused"].includes(event)).map(({ message }) => message);
