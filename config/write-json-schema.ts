import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { schemaFileName } from "./folder";
import { environmentJsonSchema } from "./json-schema";

writeFileSync(join(__dirname, "../environments", schemaFileName), environmentJsonSchema());
