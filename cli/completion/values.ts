import type { Estate } from "../../config/schema";
import { ruleName } from "../../core/naming";
import { appliers } from "../../stacks/kind";
import { models } from "../../pipelines";
import { listStacks } from "../../stacks/list";
import { isWorkload, workloadsOf } from "../../stacks/topology";
import { knownPipelines } from "../pipelines/pipeline";

/** Reads configuration; undefined where there is none that is valid. */
export type ReadEstate = () => Estate | undefined;

/** What an argument or an option's value may be, by the name that help gives it, given the arguments before it. */
type ValuesOf = (estate: Estate, before: readonly string[]) => readonly string[];

const modelNamesOf = (estate: Estate): string[] =>
  models
    .map(({ name }) => name)
    .filter((name) => workloadsOf(estate).some((workload) => name in workload.models));

const pipelinesIn = (estate: Estate, environment: string | undefined): string[] =>
  estate.environments
    .filter(({ name }) => name === environment)
    .filter(isWorkload)
    .flatMap((workload) => knownPipelines(estate, workload))
    .flatMap(({ short, full }) => short[0] ?? full);

const ofEstate: Readonly<Record<string, ValuesOf>> = {
  env: ({ environments }) => environments.map(({ name }) => name),
  id: ({ environments }) => environments.map(({ account }) => account),
  stack: (estate) => listStacks(estate, models).map(({ id }) => id),
  stacks: (estate) => listStacks(estate, models).map(({ id }) => id),
  model: modelNamesOf,
  pipeline: (estate, [environment]) => pipelinesIn(estate, environment),
  execution: (estate) =>
    workloadsOf(estate).flatMap(({ name }) =>
      pipelinesIn(estate, name).map((pipeline) => `${name}/${pipeline}`),
    ),
  rule: () =>
    models.flatMap(({ name, triggers }) =>
      Object.entries(triggers)
        .filter(([, { on }]) => on === "schedule")
        .map(([trigger]) => ruleName(name, trigger)),
    ),
};

const always: Readonly<Record<string, readonly string[]>> = { who: appliers };

/** Values by name; none of a name that is not known, so that shells offer files instead. */
export function valuesNamed(
  name: string,
  before: readonly string[],
  readEstate: ReadEstate,
): readonly string[] {
  const known = always[name];
  if (known) return known;
  const values = ofEstate[name];
  const estate = values && readEstate();
  return estate ? values(estate, before) : [];
}
