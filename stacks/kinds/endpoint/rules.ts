import { modelsWith } from "../../../config/partial-account";
import type { Rule } from "../../../config/rule";

/** An account that asks for a network wants what runs there within it, and AWS puts no serverless endpoint there. */
export const serverlessIsInNoNetwork: Rule = ({ partial }) =>
  modelsWith(partial, "endpoint").flatMap((name) => {
    const { endpoint } = partial.models?.[name] as { readonly endpoint: object };
    return partial.network === undefined || !("serverless" in endpoint)
      ? []
      : [
          {
            path: ["models", name, "endpoint", "serverless"],
            at: "key",
            message:
              'must not stand where the account has a "network": AWS puts no serverless endpoint there',
          },
        ];
  });
