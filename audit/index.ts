export { accessMatrix, type AccessMatrix, type Cell } from "./matrix";
export { changesOf, markdownOf } from "./render";
export { readResources, resourcesOf, type Resource } from "./resources";
export { breachesOf, rules, type Breach } from "./rules";
export { policiesOf } from "./policies";
export { reasonFor } from "./reasons";
export { readNeeds, unneededGrants, type UnneededGrant } from "./unneeded";
