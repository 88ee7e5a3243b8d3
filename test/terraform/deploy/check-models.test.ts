import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { typeErrorsOfModels } from "../../../deploy/synthesis/check-models";
import { temporaryFolder } from "../../support/temporary-folder";

const directory = temporaryFolder();
const folder = join(directory, "checked");
const model = join(directory, "pipelines/severity/model.ts");
const write = (text: string): void => {
  writeFileSync(model, text);
};
const check = () => typeErrorsOfModels({ directory, folder });

beforeAll(() => {
  for (const name of ["pipelines/severity", "core"]) mkdirSync(join(directory, name), { recursive: true });
  writeFileSync(
    join(directory, "tsconfig.json"),
    JSON.stringify({ compilerOptions: { strict: true, noEmit: true, skipLibCheck: true } }),
  );
  writeFileSync(join(directory, "package-lock.json"), "{}");
});

test("a value of the wrong type in a model is named with file and line, as often as it is asked for", async () => {
  const wrong = ["pipelines/severity/model.ts:2:7 TS2322: Type 'string' is not assignable to type 'number'."];
  write('const rounds = "50";\nconst x: number = rounds;\nexport { x };\n');
  expect(await check()).toEqual(wrong);
  expect(await check()).toEqual(wrong);
});

test("sources that were found right are not looked at again until one changes", async () => {
  write("export const x: number = 50;\n");
  expect(await check()).toEqual([]);
  writeFileSync(join(folder, "tsconfig.json"), "no JSON: a compiler would fail");
  expect(await check()).toEqual([]);
  write("export const x: number = true;\n");
  expect(await check()).toHaveLength(1);
});
