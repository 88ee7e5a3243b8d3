import { modelsWith } from "../../../config/partial-account";
import type { Rule } from "../../../config/rule";

/** Images start the workflow of their model and account, which has to be asked for. */
export const whatIsStartedIsThere: Rule = ({ partial }) =>
  modelsWith(partial, "container").flatMap((name) => {
    const settings = partial.models?.[name] as { readonly container: object };
    return !("startsWorkflow" in settings.container) || "workflow" in settings
      ? []
      : [
          {
            path: ["models", name, "container", "startsWorkflow"],
            at: "key",
            message: 'must not stand where the model has no "workflow": there is none to start',
          },
        ];
  });
