import { App } from "cdktf";
import { AccountStack } from "./account-stack";
import { addStacks } from "./app";
import type { EstateProps } from "./context";
import { refuseClashes } from "./name-claims";

/**
 * Builds every stack and writes its files where `CDKTF_OUTDIR` says.
 * @throws NameClashError before anything is written
 */
export function synthesise(props: EstateProps): void {
  withoutTokenTraces(() => {
    buildStacks(props).synth();
  });
}

/**
 * Builds every stack and writes nothing.
 * @throws NameClashError where resources of one type have one name in one place
 */
export function buildStacks(props: EstateProps): App {
  const app = new App();
  addStacks(app, props);
  refuseClashes(
    app.node.children.flatMap((stack) => (stack instanceof AccountStack ? stack.nameClaims() : [])),
  );
  return app;
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
