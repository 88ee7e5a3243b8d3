import { forkLocalAws, type LocalAws } from "../../emulator/local-aws";
import { variable } from "./tools";

/** An empty local AWS of a test's own. */
export const emptyLocalAws = (): Promise<LocalAws> => forkLocalAws(variable("MLOPS_TEST_LOCAL_AWS"));
