import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { describeEndpoint } from "../../../../operate/endpoints";
import { git } from "./github";
import { aucOf, heldOutOf, scoresOf } from "./held-out";
import { githubParameters, JenkinsProject } from "./jenkins-project";
import { longestDrill, type Stage } from "./stage";

/** A digit may be first, and ARNs have no capitals. */
const name = "3D-Scans";

/** Template `jenkins`, by the catalog. */
export function drillJenkins(stage: () => Stage): void {
  test(
    "a project of Jenkins' template, made in Studio: repositories, a version, its approval, staging, a person, production",
    async () => {
      const { access } = stage();
      const studio = await stage().studio();
      await studio.create("catalog", "jenkins", name, githubParameters("scans", ["build", "deploy"]));
      const made = await studio.made(name);
      expect(made).toMatchObject({ status: "CreateCompleted", route: "Service Catalog" });

      const project = new JenkinsProject(stage(), { name, id: made.id, owner: "scans" });
      const folder = project.clone("build");
      expect(await project.build(folder)).toContain(project.version);
      const heldOut = await heldOutOf(access, project.version);
      expect(heldOut.commit).toBe(git(folder, "rev-parse", "HEAD"));

      const sagemaker = new SageMakerClient(access);
      const serves = async (at: string) =>
        (await describeEndpoint(sagemaker, `${name}-${made.id}-${at}`))?.EndpointStatus;
      const printed = await project.release(project.clone("deploy"), async (question) => {
        expect([await serves("staging"), await serves("production")]).toEqual(["InService", undefined]);
        expect(question).toContain("version 1, where nothing serves yet");
        return true;
      });
      expect(printed).toMatch(/^AUC .* on 114 rows, registered with/m);
      expect(
        aucOf(heldOut, await scoresOf(access, `${name}-${made.id}-production`, heldOut)),
      ).toBeGreaterThan(0.95);

      const update = await stage().update(name, { ModelBuildIsSeedCodeRequired: "false" });
      expect(update).toMatchObject({
        status: "UpdateCompleted",
        update: {
          ...{ from: "1", to: "1" },
          parameters: [{ name: "ModelBuildIsSeedCodeRequired", from: "true", to: "false" }],
        },
      });
      git(folder, "fetch", "--quiet");
      expect(git(folder, "rev-parse", "origin/main")).toBe(heldOut.commit);
    },
    longestDrill,
  );
}
