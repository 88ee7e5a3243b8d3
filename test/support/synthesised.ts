import { addStacks } from "../../stacks/app";
import type { Estate } from "../../config/schema";
import { models } from "../../pipelines";
import { changedEstate, type EstateChange } from "./changed-estate";
import { readEstate } from "./estate";
import { synthesiseStacks, type Synthesised } from "./synth";

/** Every stack of an estate, synthesised. */
export function synthesisedStacks(estate: Estate = readEstate()): Record<string, Synthesised> {
  return synthesiseStacks((app) => {
    addStacks(app, { estate, models });
  });
}

/** Every stack of the tests' estate with something changed. */
export const changedStacks = (change: EstateChange): Record<string, Synthesised> =>
  synthesiseStacks((app) => {
    addStacks(app, changedEstate(change));
  });

export function stackOf(stacks: Record<string, Synthesised>, id: string): Synthesised {
  const stack = stacks[id];
  if (!stack) throw new Error(`no stack is named ${id}, only ${Object.keys(stacks).join(", ")}`);
  return stack;
}
