import type { Parameters } from "../../operate/executions";

const address = "CodeRepositoryURL";
const fullName = "CodeRepositoryFullname";
const name = "CodeRepositoryName";

/**
 * What is wrong with the repositories that a project is given: the templates refuse it, too, but one mistake at a time, and an address that is
 * not its repository's only once roles are made.
 */
export const repositoryProblems = (given: Parameters): string[] => [
  ...addressProblems(given),
  ...givenTwice(given),
];

function addressProblems(given: Parameters): string[] {
  return Object.entries(given).flatMap(([parameter, url]) => {
    const wanted = given[parameter.replace(address, fullName)];
    if (!parameter.endsWith(address) || wanted === undefined || !URL.canParse(url)) return [];
    const path = new URL(url).pathname.slice(1);
    if (path === wanted || path === `${wanted}.git`) return [];
    return [`Parameter ${parameter} must be the address of ${wanted}, got: ${url}`];
  });
}

/** Neither GitHub nor GitLab tells names apart by their case. */
function givenTwice(given: Parameters): string[] {
  const seen = new Map<string, string>();
  return Object.entries(given).flatMap(([parameter, value]) => {
    if (!parameter.endsWith(fullName) && !parameter.endsWith(name)) return [];
    const other = seen.get(value.toLowerCase());
    seen.set(value.toLowerCase(), other ?? parameter);
    if (other === undefined) return [];
    return [`Parameters ${other} and ${parameter} must be repositories of their own, got: ${value} twice`];
  });
}
