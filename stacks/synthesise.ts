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
 * cdktf takes a stack trace, of any depth, for each of its tokens, tens of thousands of them, and shows one only with an
 * error of its own resolving. Traces of errors are left as they are.
 */
export function withoutTokenTraces(work: () => void): void {
  const errors = Error as { captureStackTrace: (target: object, below?: unknown) => void };
  const { captureStackTrace } = errors;
  errors.captureStackTrace = (target, below) => {
    if (target instanceof Error) captureStackTrace(target, below);
  };
  try {
    work();
  } finally {
    errors.captureStackTrace = captureStackTrace;
  }
}
