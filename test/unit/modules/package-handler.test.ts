import { existsSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { temporaryFolder } from "../../support/temporary-folder";
import { packageHandler } from "../../../modules/lambda/package-handler";

test("a handler is bundled once: the package that is there is taken, and made anew where it is gone", () => {
  const folder = temporaryFolder();
  const path = packageHandler("latest-approved-model", folder);
  expect(path).toMatch(/\/[0-9a-f]{64}\.zip$/);
  expect(packageHandler("latest-approved-model", folder)).toBe(path);
  rmSync(dirname(path), { recursive: true });
  expect(packageHandler("latest-approved-model", folder)).toBe(path);
  expect(existsSync(path)).toBe(true);
});
