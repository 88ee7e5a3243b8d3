import { notSeeded } from "../../core/seeded-repositories";
import type { Outcome, ResourceRequest } from "./custom-resource";
import { seedRequestOf, type Properties, type SeedRequest } from "./properties";

/** What is done for a request that was read. */
export interface Actions {
  /** Fills the repository, and makes it where the host lets it. @returns the answer's data */
  create(request: SeedRequest): Promise<Data>;
  /** Offers another seed on a branch of its own. @returns the answer's data */
  renew(request: SeedRequest): Promise<Data>;
  /** Leaves the content as it is. @returns the answer's data, which CloudFormation forgets otherwise */
  keep(request: SeedRequest): Promise<Data>;
  /** Deletes the repository. @returns what was done, in a line */
  remove(request: SeedRequest): Promise<string>;
}

export type Data = Readonly<Record<string, string>>;

/**
 * Does what CloudFormation asks. What was never made has an id of its own, whose deletion does nothing: a stack whose resource fails deletes
 * that resource next, and must not reach what somebody else has by that name.
 * @throws Error that says why it could not be done
 */
export async function perform(request: ResourceRequest, actions: Actions): Promise<Outcome> {
  const { RequestType: type, ResourceProperties = {} } = request;
  if (type === "Delete") return { physicalId: unmade(request), ...(await remove(request, actions)) };
  const wished = seedRequestOf(ResourceProperties);
  const physicalId = `${wished.host}:${wished.repository}`;
  if (type === "Create" || !isSamePlace(request, wished, physicalId))
    return { physicalId, data: await actions.create(wished) };
  const isSame = isLike(contentOf(ResourceProperties), contentOf(request.OldResourceProperties ?? {}));
  return { physicalId, data: await (isSame ? actions.keep(wished) : actions.renew(wished)) };
}

/** Id of the resource after a request that failed. */
export const unmade = ({ PhysicalResourceId, RequestId }: ResourceRequest): string =>
  PhysicalResourceId ?? `${notSeeded}${RequestId}`;

async function remove(
  { PhysicalResourceId: id = "", ResourceProperties = {} }: ResourceRequest,
  actions: Actions,
): Promise<Partial<Outcome>> {
  const asked = ResourceProperties.DeleteRepository === "true" && id.startsWith("gitlab:");
  console.info(asked ? await actions.remove(seedRequestOf(ResourceProperties)) : `${id} stays as it is`);
  return {};
}

const isSamePlace = (
  { PhysicalResourceId, OldResourceProperties = {} }: ResourceRequest,
  { branch }: SeedRequest,
  physicalId: string,
): boolean => PhysicalResourceId === physicalId && (OldResourceProperties.Branch ?? "main") === branch;

/** What the repository's files follow from. */
const contentOf = ({ Seed, SeedVersion, Project }: Properties): unknown => ({ Seed, SeedVersion, Project });

/** Whether two values are the same, whatever the order of keys. */
const isLike = (one: unknown, other: unknown): boolean =>
  JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));

function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, of]) => [key, sorted(of)]),
  );
}
