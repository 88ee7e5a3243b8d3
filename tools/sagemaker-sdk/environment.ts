import { join } from "node:path";
import { cache, repository } from "../paths";
import { environmentOf, type PythonSettings } from "../python/environment";

/** Major versions of AWS's SageMaker Python SDK that pipelines may be written with, each locked. */
export const sdkVersions = ["2", "3"] as const;
export type SdkVersion = (typeof sdkVersions)[number];

/** The environment of an SDK, made when a model first wants it: `npm start` and `npm test` do without. */
export const sdkEnvironment = (sdk: SdkVersion): PythonSettings => ({
  requirements: join(__dirname, sdk, "requirements.txt"),
  uvRequirements: join(repository, "tools/python/uv.txt"),
  cache: join(cache, "sagemaker-sdk", sdk),
});

/** The interpreter of an SDK's environment, whether it has been made or not. */
export const sdkPython = (sdk: SdkVersion): string => join(environmentOf(sdkEnvironment(sdk)), "bin/python");

/** For `node`: makes the environment of the SDK that its argument names. */
export const installProgram = join(__dirname, "install.ts");

/** Has the package `mlops_render`. */
export const rendererFolder = __dirname;

/** What has been rendered, by what it was rendered from. */
export const renderedFolder = join(cache, "sagemaker-sdk", "rendered");
