import { forkLocalAws, type LocalAws } from "../../emulator/local-aws";
import type { LocalAwsAddress } from "../../tools/local-aws/address";
import { variable } from "./tools";

/** An empty local AWS of a test's own. */
export const emptyLocalAws = (): Promise<LocalAws> =>
  forkLocalAws(JSON.parse(variable("MLOPS_TEST_LOCAL_AWS")) as LocalAwsAddress);
