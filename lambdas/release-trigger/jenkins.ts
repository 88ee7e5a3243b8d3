import { ask, refusedBy, type Answer } from "./ask";
import { byAnyClock, NotStartedError, type CiServer } from "./ci-server";
import { textIn } from "./secret";

export interface JenkinsSettings {
  /** Of the server, without a slash at its end. */
  readonly url: string;
  /** With its folders: `mlops/deploy`. */
  readonly job: string;
}

/** The parameter of the job that gets the version's ARN. */
const parameter = "MODEL_PACKAGE_ARN";

const meanings: Readonly<Record<number, string>> = {
  200: "a page of something before it, or a redirect that was followed on the way",
  302: "its queue took nothing, or it is not at this address",
  401: "it does not know the user, or the token is another",
  403: "the user may not build the job, or not see the server",
  404: "there is no such job, or the user may not read it",
  405: "something on the way changed the request's method",
  409: "the job is disabled",
};

/**
 * Jenkins' remote API, with a user's API token, which needs no crumb. Only 201 with an item of the queue means a build, and 303 that one like it
 * waits already (ADR 47).
 * @param secret JSON with `user` and `token`
 */
export function jenkins({ url, job }: JenkinsSettings, secret: string): CiServer {
  const authorization = `Basic ${Buffer.from(`${textIn(secret, "user")}:${textIn(secret, "token")}`).toString("base64")}`;
  const path = `${url}/${job
    .split("/")
    .map((part) => `job/${encodeURIComponent(part)}/`)
    .join("")}`;
  const read = async (address: string) => {
    const answer = await ask(address, { headers: { authorization } });
    if (answer.status !== 200 || answer.body === undefined) refusedBy(answer, "Jenkins", meanings);
    return answer.body;
  };
  return {
    start: async (version) => {
      requireParameter((await read(`${path}api/json?tree=property[parameterDefinitions[name]]`)) as Job, job);
      const body = new URLSearchParams({ [parameter]: version });
      return queued(
        await ask(`${path}buildWithParameters`, { method: "POST", headers: { authorization }, body }),
      );
    },
    find: async (version, since) => {
      const of = "actions[parameters[name,value]]";
      const queue = (await read(
        `${url}/queue/api/json?tree=items[url,inQueueSince,task[url],${of}]`,
      )) as Queue;
      const { builds } = (await read(`${path}api/json?tree=builds[url,timestamp,${of}]{0,100}`)) as Builds;
      const waiting = queue.items.map(({ inQueueSince, ...item }) => ({ ...item, timestamp: inQueueSince }));
      return [...waiting, ...builds].find(
        (one) => one.timestamp >= byAnyClock(since).getTime() && valueOf(one) === version,
      )?.url;
    },
  };
}

/** Jenkins drops what a job does not declare, and would build without it. */
function requireParameter({ property }: Job, job: string): void {
  const declared = property.flatMap(({ parameterDefinitions = [] }) => parameterDefinitions);
  if (!declared.some(({ name }) => name === parameter))
    throw new NotStartedError(`The job ${job} of Jenkins must have a parameter ${parameter}`);
}

function queued(answer: Answer): string {
  const { status, location = "" } = answer;
  if ((status === 201 || status === 303) && /\/queue\/item\/\d+\/?$/.test(location)) return location;
  if (status === 201) throw new Error("Jenkins answered 201 without an item of its queue");
  return refusedBy(answer, "Jenkins", meanings);
}

interface Job {
  readonly property: readonly { readonly parameterDefinitions?: readonly { readonly name: string }[] }[];
}

interface Parameterised {
  readonly url: string;
  readonly actions: readonly {
    readonly parameters?: readonly { readonly name: string; readonly value?: unknown }[];
  }[];
}

interface Queue {
  readonly items: readonly (Parameterised & { readonly inQueueSince: number })[];
}

interface Builds {
  readonly builds: readonly (Parameterised & { readonly timestamp: number })[];
}

const valueOf = ({ actions }: Parameterised): unknown =>
  actions.flatMap(({ parameters = [] }) => parameters).find(({ name }) => name === parameter)?.value;
