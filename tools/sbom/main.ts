import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { exitWith } from "../exit";
import { repository } from "../paths";
import { awsProvider } from "../toolchain/provider";
import { terraformSums } from "../toolchain/terraform-sums";
import { billOf, type NpmBill } from "./bill";
import { pythonComponents, pythonLocks } from "./python";
import { terraformComponents } from "./terraform";

const output = "sbom.cdx.json";

const text = (file: string): string => readFileSync(join(repository, file), "utf8");

/** `npm run sbom`: writes a CycloneDX bill of all that is installed from locks. Needs no network. */
exitWith(async () => {
  const { name } = JSON.parse(text("package.json")) as { readonly name: string };
  const bill = billOf(await npmBill(), name, [
    ...pythonComponents(pythonLocks.map(text)),
    ...terraformComponents(text(".terraform-version").trim(), terraformSums, {
      provider: awsProvider(),
      lock: text(".terraform.lock.hcl"),
    }),
  ]);
  writeFileSync(join(repository, output), `${JSON.stringify(bill, null, 2)}\n`);
  console.log(`${output}: ${bill.components.length} components`);
  return 0;
});

/** Of the lock file alone, so that it does not depend on the machine. */
async function npmBill(): Promise<NpmBill> {
  const { stdout } = await execa("npm", ["sbom", "--sbom-format", "cyclonedx", "--package-lock-only"], {
    cwd: repository,
    stdin: "ignore",
  });
  return JSON.parse(stdout) as NpmBill;
}
