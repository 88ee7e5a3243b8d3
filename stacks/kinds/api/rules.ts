import { modelsWith } from "../../../config/partial-account";
import type { Finding, Rule } from "../../../config/rule";
import { servers, type Server } from "./settings";

type Settings = Readonly<Partial<Record<Server, object>>> & { readonly api: { readonly serves?: Server } };

/** An API is for one endpoint that is there, and that answers whoever asks. */
export const apisServeAnEndpoint: Rule = ({ partial }) =>
  modelsWith(partial, "api").flatMap((name) => {
    const finding = findingIn(partial.models?.[name] as Settings);
    return finding ? [{ ...finding, path: ["models", name, "api", ...finding.path] }] : [];
  });

function findingIn({ api, ...given }: Settings): Finding | undefined {
  const there = servers.filter((server) => given[server] !== undefined);
  const only = there.length === 1 ? there[0] : undefined;
  const { serves = only } = api;
  if (there.length === 0)
    return {
      path: [],
      at: "key",
      message: 'must stand beside "endpoint" or "workflow": it is for what serves there',
    };
  if (serves === undefined)
    return {
      path: [],
      at: "key",
      message: 'must say which it is for, of two that stand beside it: "serves": "endpoint" or "workflow"',
    };
  if (!there.includes(serves))
    return { path: ["serves"], message: "must be what stands beside it, and there is none" };
  if (serves === "endpoint" && "asynchronous" in (given.endpoint ?? {}))
    return {
      path: [],
      at: "key",
      message: "must not be for an asynchronous endpoint, which answers by way of S3 alone",
    };
  return undefined;
}
