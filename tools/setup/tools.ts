import { ensureTerraform, type Toolchain } from "../toolchain";
import { ensurePython } from "../python/environment";

/** The tools everything runs on. */
export interface Tools {
  readonly terraform: Toolchain;
  /** Path of the Python in our own virtual environment. */
  readonly python: string;
}

const progress = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** Brings Terraform, the provider and the Python environment, or says what is missing and how to mend it. */
export async function setUpTools(): Promise<Tools> {
  const [terraform, { python }] = await Promise.all([ensureTerraform(progress), ensurePython(progress)]);
  return { terraform, python };
}
