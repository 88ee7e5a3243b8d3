import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "jsonc-parser";
import type { Estate } from "../config/schema";
import type { ModelDefinition } from "../pipelines/model";
import { readEstate } from "../stacks/known";

/** An estate, and the folder of its files. */
export interface EstateFiles {
  readonly estate: Estate;
  readonly environments: string;
}

/** What one environment says in addition. */
export interface MoreSettings {
  readonly environment: string;
  /** The model that it says it of. @default it says it of itself */
  readonly model?: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

interface EnvironmentFile {
  readonly models: Readonly<Record<string, object>>;
}

/** The estate with settings added, read from a copy of its files; those that were given stay as they are. */
export function withMoreSettings(
  environments: string,
  models: readonly ModelDefinition[],
  copies: string,
  more: readonly MoreSettings[],
): EstateFiles {
  rmSync(copies, { recursive: true, force: true });
  cpSync(environments, copies, { recursive: true });
  for (const { environment, ...added } of more) {
    const path = join(copies, `${environment}.json`);
    const file = parse(readFileSync(path, "utf8")) as EnvironmentFile;
    writeFileSync(path, JSON.stringify(withAdded(file, added)));
  }
  return { estate: readEstate(copies, models), environments: copies };
}

function withAdded(file: EnvironmentFile, { model, settings }: Omit<MoreSettings, "environment">): object {
  if (model === undefined) return { ...file, ...settings };
  return { ...file, models: { ...file.models, [model]: { ...file.models[model], ...settings } } };
}
