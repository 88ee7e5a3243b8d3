import { environmentsDirectory, exampleEnvironments } from "../../../tools/paths";
import { releasesUrl } from "../../../tools/toolchain/terraform-release";
import { variable } from "../../../tools/variable";

test("an empty variable is one that is not set", () => {
  expect([variable("A", { A: "" }), variable("A", {}), variable("A", { A: "a" })]).toEqual([
    undefined,
    undefined,
    "a",
  ]);
});

test("settings that are empty are the default", () => {
  Object.assign(process.env, { MLOPS_ENVIRONMENTS: "", TERRAFORM_RELEASES_URL: "" });
  expect(releasesUrl()).toBe("https://releases.hashicorp.com");
  expect([exampleEnvironments, exampleEnvironments.replace(/.example$/, "")]).toContain(
    environmentsDirectory(),
  );
});
