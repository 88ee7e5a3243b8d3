import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execaSync } from "execa";
import { repository } from "../../../tools/paths";
import { temporaryFolder } from "../../support/temporary-folder";

test("a script has the same bytes in a checkout of somebody who has Git write CRLF", () => {
  const origin = temporaryFolder();
  const git = (...args: string[]) =>
    execaSync("git", ["-c", "user.name=n", "-c", "user.email=e", ...args], { cwd: origin });
  copyFileSync(join(repository, ".gitattributes"), join(origin, ".gitattributes"));
  writeFileSync(join(origin, "script.py"), "one\ntwo\n");
  git("init", "--quiet");
  git("add", ".");
  git("commit", "--quiet", "--message", "m");
  const clone = join(temporaryFolder(), "clone");
  git("clone", "--quiet", "--config", "core.autocrlf=true", origin, clone);
  expect(readFileSync(join(clone, "script.py"), "utf8")).toBe("one\ntwo\n");
});
