import { dirname, join, relative } from "node:path";

/** A model's own code cannot be used: the message says where in it, and why. */
export class ModelError extends Error {
  override readonly name = "ModelError";
}

const repository = dirname(__dirname);

/**
 * What went wrong in a model's code, with its place as editors open it: `pipelines/<model>/model.ts:12:5: …`.
 * @param folder the model's
 */
export function modelError(error: unknown, folder: string): ModelError {
  if (error instanceof ModelError) return error;
  const { message, stack = "" } = error instanceof Error ? error : new Error(String(error));
  const [said = ""] = message.trim().split("\nRequire stack:");
  const place = placeIn(folder, stack.replace(message, "")) ?? placeOfSyntaxError(folder, message);
  const position = said.startsWith("Cannot find module") ? place?.file : place && `${place.file}:${place.at}`;
  return new ModelError(`${position ?? relative(repository, folder)}: ${said}`, { cause: error });
}

interface Place {
  /** From the repository. */
  readonly file: string;
  /** Line and column. */
  readonly at: string;
}

/** The innermost place in a folder that a stack trace names. Brackets and spaces may be in the folder's own path. */
function placeIn(folder: string, trace: string): Place | undefined {
  const lines = trace.split("\n").filter((line) => line.startsWith("    at ") && line.includes(folder));
  return lines.flatMap((line) => {
    const [, file = "", at = ""] = /^(.+):(\d+:\d+)\)?$/.exec(line.slice(line.indexOf(folder))) ?? [];
    return placesBelow(folder, file, at);
  })[0];
}

/** SWC frames the code that it cannot read, and names its place above. */
function placeOfSyntaxError(folder: string, message: string): Place | undefined {
  const [, file = "", at = ""] = /^ *,-\[(.+):(\d+:\d+)\]$/m.exec(message) ?? [];
  return placesBelow(folder, file, at)[0];
}

const placesBelow = (folder: string, file: string, at: string): Place[] =>
  file.startsWith(join(folder, "/")) ? [{ file: relative(repository, file), at }] : [];
