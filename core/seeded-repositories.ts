/** Type by which projects' templates have repositories that a function fills. */
export const seededRepository = "Custom::SeededRepository";

/** How the id begins of one that was never filled. */
export const notSeeded = "not-seeded:";
