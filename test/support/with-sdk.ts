import { existsSync } from "node:fs";
import { sdkPython } from "../../tools/sagemaker-sdk/environment";

/**
 * Tests that render pipelines in Python, which takes AWS's SDK. A machine has it once an environment runs such a model, or after
 * `npm run parity`; elsewhere they are skipped.
 */
export function describeWithSdk(name: string, tests: () => void): void {
  if (existsSync(sdkPython("2"))) describe(name, tests);
  else test.skip(`${name}: takes an SDK that is not on this machine`, () => undefined);
}
