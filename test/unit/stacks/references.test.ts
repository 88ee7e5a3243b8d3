import { synthesisedStacks } from "../../support/synthesised";
import type { Synthesised } from "../../support/synth";

/** Addresses of the resources that a stack's values refer to. */
const referencesIn = (stack: Synthesised): string[] =>
  [...JSON.stringify(stack.resource).matchAll(/\$\{(?:[a-z]\w*\()*"?(aws_\w+)\.([\w-]+)/g)].map(
    ([, type = "", name = ""]) => `${type}.${name}`,
  );

const addressesOf = ({ resource }: Synthesised): string[] =>
  Object.entries(resource).flatMap(([type, byName]) => Object.keys(byName).map((name) => `${type}.${name}`));

// cdktf would let a reference to another stack pass silently: `AccountStack` leaves out the pass that looks for them.
test.each(Object.entries(synthesisedStacks()))("%s refers to resources of its own only", (_, stack) => {
  const references = referencesIn(stack);
  expect(references).not.toHaveLength(0);
  expect(addressesOf(stack)).toEqual(expect.arrayContaining(references));
});
