import type { App } from "cdktf";
import { stackContext, type EstateProps } from "./context";
import { kindOf, listStacks } from "./list";

/** Adds every stack of the estate to the app. */
export function addStacks(app: App, props: EstateProps): void {
  const context = stackContext(props);
  for (const stack of listStacks(props.estate, props.models)) kindOf(stack).create(app, stack, context);
}
