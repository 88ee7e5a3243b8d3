import { createHash } from "node:crypto";
import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { PlanFolder } from "../../../../deploy/plans/plan-folder";
import { temporaryFolder } from "../../../support/temporary-folder";
import { entry, manifest } from "./support/manifest";

let parent: string;
let folder: PlanFolder;
beforeEach(() => {
  parent = temporaryFolder();
  folder = new PlanFolder(join(parent, "plan"));
});

test.each(["..", "../../etc", "/etc", ".", "a/b", "", "a\u0000", "Prod", "-x", "a\n"])(
  "an id %j, which would lead elsewhere, is no stack's",
  (id) => {
    folder.prepare([]);
    folder.writeManifest({ ...manifest, stacks: [{ ...entry, id }] });
    expect(() => folder.readManifest()).toThrow("must be the id of a stack");
  },
);

test("a stack that is named twice is refused: one would be checked, and the other applied", () => {
  folder.prepare([]);
  folder.writeManifest({ ...manifest, stacks: [entry, entry] });
  expect(() => folder.readManifest()).toThrow("must name each stack once");
});

test("a manifest is told from any other by its digest, which writing it says", () => {
  folder.prepare([]);
  const digest = folder.writeManifest(manifest);
  expect(digest).toBe(
    createHash("sha256")
      .update(readFileSync(join(folder.path, "manifest.json")))
      .digest("hex"),
  );
  expect(folder.read(digest)).toEqual({ manifest, digest });
  folder.writeManifest({ ...manifest, terraform: "1.11.5" });
  expect(() => folder.read(digest)).toThrow(`must have ${digest}: it is another plan`);
});

test.each(["apply.jsonl", "plan.tfplan"] as const)(
  "a link by the name of %s, which an apply would write or read through, is refused",
  (name) => {
    folder.prepare(["prod-model"]);
    folder.writeManifest(manifest);
    symlinkSync(join(parent, "elsewhere"), folder.file("prod-model", name));
    expect(() => folder.readManifest()).toThrow(`holds what is neither file nor folder: ${name}`);
  },
);

test("a stack's folder that is a link is refused", () => {
  folder.prepare([]);
  folder.writeManifest(manifest);
  symlinkSync(parent, join(folder.path, "prod-model"));
  expect(() => folder.readManifest()).toThrow("neither file nor folder: prod-model");
});
