/** Prefixes in the bucket of templates: what Studio lists, what the catalog copies, and what repositories are begun with. */
export const studioPrefix = "studio/";
export const catalogPrefix = "catalog/";
export const seedsPrefix = "seeds/";
