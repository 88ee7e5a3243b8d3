import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { schemaFileName } from "../../config/folder";
import { environmentJsonSchema } from "../../config/json-schema";
import { models } from "../../pipelines";
import { knownOf } from "../../stacks/known";
import { environmentsDirectory } from "../../tools/paths";

test("the schema that editors read knows the models there are; npm run schema makes it anew", () => {
  const file = join(environmentsDirectory(), schemaFileName);
  if (existsSync(file)) expect(readFileSync(file, "utf8")).toBe(environmentJsonSchema(knownOf(models)));
});
