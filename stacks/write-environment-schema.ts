import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { schemaFileName } from "../config/folder";
import { environmentJsonSchema } from "../config/json-schema";
import { models } from "../pipelines";
import { declarationJsonSchema, declarationSchemaFile } from "../pipelines/declared";
import { environmentsDirectory, repository } from "../tools/paths";
import { knownOf } from "./known";

/** `npm run schema` */
writeFileSync(join(environmentsDirectory(), schemaFileName), environmentJsonSchema(knownOf(models)));
writeFileSync(join(repository, "pipelines", declarationSchemaFile), declarationJsonSchema());
