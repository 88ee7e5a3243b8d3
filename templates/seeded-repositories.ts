import { seedParts } from "./seed-parts";
import type { RepositoryName, SeededRepository } from "./template";

/** The repositories of a template as they are now, in the order in which code goes through them. */
export const seededRepositories = (template: keyof typeof seedParts): SeededRepository[] =>
  (Object.entries(seedParts[template]) as [RepositoryName, readonly string[]][]).map(([name, parts]) => ({
    name,
    layers: [...parts.map((part) => `shared/${part}`), `${template}/seed/${name}`],
  }));
