import { existsSync } from "node:fs";
import { sdkPython, type SdkVersion } from "../../tools/sagemaker-sdk/environment";

/**
 * Tests that render pipelines in Python, which takes AWS's SDK. A machine has it once an environment runs such a model, or after
 * `npm run parity`; elsewhere they are skipped.
 */
export function describeWithSdk(name: string, tests: () => void, sdk: SdkVersion = "2"): void {
  if (existsSync(sdkPython(sdk))) describe(name, tests);
  else test.skip(`${name}: takes SDK ${sdk}, which is not on this machine`, () => undefined);
}
