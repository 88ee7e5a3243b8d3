import { format, resolveConfig } from "prettier";

/** A text as Prettier has it in a file of this path: what is written here passes `npm run lint`. */
export const formatted = async (path: string, text: string): Promise<string> =>
  format(text, { ...(await resolveConfig(path)), filepath: path });
