import { describeAttribute } from "../../../deploy/plans/render/details";
import { printable } from "../../../deploy/plans/render/printable";
import type { Screen } from "../../screen";
import type { ComparedPipeline } from "./compare";
import type { StepDifference } from "./definitions";

const looks = {
  added: { sign: "+", style: "green" },
  removed: { sign: "-", style: "red" },
  changed: { sign: "~", style: "yellow" },
} as const;

/** A pipeline's comparison for people: what is deployed before the arrow, what the code makes behind it. */
export function describeCompared(compared: ComparedPipeline, screen: Pick<Screen, "paint">): string[] {
  const { pipeline, state, definition, steps } = compared;
  return [
    screen.paint("bold", printable(`${pipeline}: ${verdictOn(state, steps)}`)),
    ...definition.flatMap(describeAttribute).map((line) => `  ${line}`),
    ...steps.flatMap((step) => describeStep(step, screen)),
  ];
}

function verdictOn(state: ComparedPipeline["state"], steps: readonly StepDifference[]): string {
  if (state === "same") return "deployed as the code has it";
  if (state === "not deployed") return "not deployed; the code has it";
  if (state === "not in the code") return "deployed; the code has none of this name";
  const counts = (["added", "removed", "changed"] as const).flatMap((change) => {
    const count = steps.filter((step) => step.change === change).length;
    return count === 0 ? [] : [`${count} ${change}`];
  });
  return `the code has it otherwise; steps: ${counts.join(", ") || "the same"}`;
}

function describeStep({ step, kind, change, fields }: StepDifference, { paint }: Pick<Screen, "paint">) {
  const { sign, style } = looks[change];
  return [
    `  ${paint(style, printable(`${sign} ${step} (${kind})`))}`,
    ...fields.flatMap(describeAttribute).map((line) => `      ${line}`),
  ];
}
