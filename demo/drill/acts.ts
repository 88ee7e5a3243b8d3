import { sideBySide } from "../../tools/side-by-side";
import type { DrillContext } from "./context";
import { playDrill } from "./index";
import type { Standing } from "./standing";
import { playWorkflow } from "./workflow";
import type { WorkflowActOptions } from "./workflow/context";

type Optional<Type, Key extends keyof Type> = Omit<Type, Key> & {
  readonly [Each in Key]: Type[Each] | undefined;
};

/** Whatever the estate has parts for, at once: the acts share nothing but the machine. */
export async function playActs(
  drill: DrillContext | undefined,
  standing: Standing,
  { participants, localAws, ...workflow }: Optional<WorkflowActOptions, "participants" | "localAws">,
): Promise<void> {
  await sideBySide(
    drill ? playDrill(drill, standing) : Promise.resolve(),
    participants && localAws
      ? standing.everywhere().then(() => playWorkflow({ ...workflow, participants, localAws }))
      : Promise.resolve(),
  );
}
