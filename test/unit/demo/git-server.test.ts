import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { GitServer } from "../../../demo/git-server";
import { temporaryFolder } from "../../support/temporary-folder";

const gitlab = { url: "https://gitlab.example.com", tokenSecret: "mlops/gitlab-token" };

test("a run's GitLab is found by the address in the files, knows its own users, and leaves its port when it ends", async () => {
  const folder = temporaryFolder();
  const left = join(folder, "data/repositories/1.git");
  mkdirSync(left, { recursive: true });
  writeFileSync(join(left, "HEAD"), "of an earlier run");
  const server = await GitServer.start({ gitlab }, folder);
  expect(existsSync(left)).toBe(false);
  const { "https://gitlab.example.com": url = "" } = server.elsewhere;
  expect((await fetch(`${url}/.well-known/openid-configuration`)).status).toBe(200);
  expect((await fetch(`${url}/api/v4/groups/ml`)).status).toBe(401);
  for (const user of ["platform", "ann"] as const)
    await expect(server.as(user).pipelines("ml/nothing")).rejects.toThrow(
      "GitLab answered 404 for pipelines of ml/nothing",
    );
  await server.stop();
  await expect(fetch(url)).rejects.toThrow();
});
