import { App } from "cdktf";
import { addStacks } from "./app";
import type { EstateProps } from "./context";

/** Builds every stack and writes its files where `CDKTF_OUTDIR` says. */
export function synthesise(props: EstateProps): void {
  withoutTokenTraces(() => {
    const app = new App();
    addStacks(app, props);
    app.synth();
  });
}

/**
 * cdktf takes a stack trace for each of its tokens, tens of thousands of them, and shows one only with an error of its
 * own resolving. Rendered by ts-node with source maps they take half of the time and memory of a large synthesis. Traces of
 * errors are left as they are.
 */
export function withoutTokenTraces(work: () => void): void {
  const errors = Error as { prepareStackTrace?: Renderer | undefined };
  const previous = errors.prepareStackTrace;
  errors.prepareStackTrace = (error, sites) =>
    error instanceof Error ? (previous ?? asV8Does)(error, sites) : "";
  try {
    work();
  } finally {
    errors.prepareStackTrace = previous;
  }
}

type Renderer = (error: Error, sites: NodeJS.CallSite[]) => unknown;

const asV8Does: Renderer = (error, sites) => [String(error), ...sites.map(String)].join("\n    at ");
