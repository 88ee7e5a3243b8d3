import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { schemaFileName } from "../config/folder";
import { environmentJsonSchema } from "../config/json-schema";
import { models } from "../pipelines";
import { environmentsDirectory } from "../tools/paths";
import { knownOf } from "./known";

/** `npm run schema` */
writeFileSync(join(environmentsDirectory(), schemaFileName), environmentJsonSchema(knownOf(models)));
