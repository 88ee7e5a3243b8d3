import { readFileSync } from "node:fs";
import { join } from "node:path";
import { jsonOf, mlops } from "./support";
import { temporaryFolder } from "../../support/temporary-folder";

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

test("mlops graph prints the picture, and nothing else", async () => {
  const { code, out, err } = await mlops("graph");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
});

test("mlops graph --out writes it to a file and says which", async () => {
  const file = join(folder, "estate.svg");
  expect(await mlops(`graph --out ${file}`)).toEqual({ code: 0, out: `${file}\n`, err: "" });
  expect(readFileSync(file, "utf8")).toBe((await mlops("graph")).out);
});

test("mlops graph --json gives what is drawn", async () => {
  expect(jsonOf(await mlops("graph --json"))).toMatchObject({
    accounts: [{ name: "dev" }, { name: "jenkins" }, { name: "prod" }, { name: "registry" }],
    edges: expect.arrayContaining([expect.objectContaining({ from: "jenkins", kind: "trust" })]) as unknown,
  });
});

test("mlops graph --out to a folder that is not there fails with its path", async () => {
  const { code, err } = await mlops(`graph --out ${join(folder, "none/estate.svg")}`);
  expect(code).toBe(1);
  expect(err).toContain(join(folder, "none/estate.svg"));
});
