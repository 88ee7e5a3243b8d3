import { S3Client } from "@aws-sdk/client-s3";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { execa } from "execa";
import { readText } from "../../../../emulator/runner/jobs/s3";
import { listPipelines } from "../../../../operate/pipelines";
import { aucOf, heldOutOf } from "./held-out";
import { githubParameters, JenkinsProject } from "./jenkins-project";
import { longestDrill, type Stage } from "./stage";

const name = "batch";

/** Template `jenkins-batch`, by the command line. */
export function drillJenkinsBatch(stage: () => Stage): void {
  test(
    "a project of Jenkins' template for batches: rows, a version, its approval, staging, a person, production, predictions",
    async () => {
      const { access, jenkins } = stage();
      const parameters = githubParameters(name, ["preprocess", "build", "deploy"]);
      const { id } = await stage().create(name, "jenkins-batch", parameters);
      const project = new JenkinsProject(stage(), { name, id, owner: name });
      expect(await project.build(project.clone("preprocess"))).toContain("brought from scikit-learn");
      expect(await project.build(project.clone("build"))).toContain(project.version);

      const deployed = async () => {
        const pipelines = await listPipelines(new SageMakerClient(access));
        return pipelines
          .map(({ PipelineName = "" }) => PipelineName)
          .filter((each) => each.includes(`${id}-batch-`));
      };
      const folder = project.clone("deploy");
      const printed = await project.release(folder, async (question) => {
        expect(question).toContain("version 1, where nothing is deployed yet");
        expect(await deployed()).toEqual([`${name}-${id}-batch-staging`]);
        return true;
      });
      expect(printed).toMatch(/^AUC .* on 114 rows, registered with/m);

      const python = (...args: readonly string[]) =>
        execa(".venv/bin/python", ["-m", ...args], {
          ...{ cwd: folder, env: jenkins.agent, extendEnv: false, reject: false },
        });
      const again = await python("ci.deploy", "production");
      expect([again.exitCode, again.stderr]).toEqual([
        2,
        expect.stringContaining("has changed since the plan"),
      ]);

      const heldOut = await heldOutOf(access, project.version);
      const { stdout } = await python("ci.score", "production", heldOut.file);
      const [, predictions = ""] =
        /^Scores +(s3:\S+\/predictions\/production\/1\/features\.csv\.out)$/m.exec(stdout) ?? [];
      const scores = (await readText(new S3Client(access), predictions)).trim().split("\n").map(Number);
      expect(aucOf(heldOut, scores)).toBeGreaterThan(0.95);
    },
    longestDrill,
  );
}
