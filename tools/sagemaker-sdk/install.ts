import { exitWith } from "../exit";
import { ensurePython } from "../python/environment";
import { sdkEnvironment, sdkVersions } from "./environment";

/** `node --require ./tools/compile/register.js tools/sagemaker-sdk/install.ts 2`: the environment of SDK 2. */
exitWith(async () => {
  const sdk = sdkVersions.find((version) => version === process.argv[2]);
  if (sdk === undefined) throw new Error(`there is no SDK ${process.argv[2] ?? ""}`);
  await ensurePython((line) => {
    process.stderr.write(`${line} of SageMaker Python SDK ${sdk}, which a model asks for\n`);
  }, sdkEnvironment(sdk));
  return 0;
});
