import { temporaryFolder } from "../../../../support/temporary-folder";
import { archiveOf, type Files } from "./archive";
import { CloudFormation } from "./cloud-formation";
import { GithubConnection } from "./github";
import { Caller, project } from "./seeding";

const { redirectElsewhere } = jest.requireActual<{
  redirectElsewhere: (environment: Record<string, string>) => void;
}>("../../../../../emulator/functions/elsewhere");
const { fetch: realFetch } = globalThis;

/** The key of the seed that requests name. */
export const seedKey = "seeds/jenkins/1/build.tar.gz";
export const files: Files = { "README.md": "seeded", ".gitignore": "*.log\n", "src/train.py": "print(1)\n" };

/** A repository behind a connection, and who seeds it. */
export interface OnGithub {
  cloudFormation: CloudFormation;
  github: GithubConnection;
  /** Seeds by their keys. */
  archives: Record<string, Buffer>;
  caller: Caller;
  name: string;
  bare: string;
}

/** Makes it anew for each test of a file. @returns what the hooks fill */
export function onGithub(): OnGithub {
  const world = {} as OnGithub;
  beforeAll(async () => {
    jest.spyOn(console, "info").mockReturnValue();
    world.cloudFormation = await CloudFormation.start();
  });
  beforeEach(async () => {
    world.github = await GithubConnection.start(temporaryFolder());
    redirect(world.github);
    world.name = "ml-team/churn";
    world.bare = world.github.add(world.name);
    world.archives = { [seedKey]: await archiveOf(files, ["src/train.py"]) };
    world.caller = callerOf(world);
  });
  afterEach(async () => {
    globalThis.fetch = realFetch;
    await world.github.die();
  });
  afterAll(() => {
    world.cloudFormation.stop();
  });
  return world;
}

/** Lets `fetch` find AWS's Git servers on this machine, as it does in functions of local AWS. */
export function redirect({ url }: GithubConnection): void {
  globalThis.fetch = realFetch;
  redirectElsewhere({ MLOPS_ELSEWHERE: JSON.stringify({ [GithubConnection.origin]: url }) });
}

function callerOf({ cloudFormation, github, archives, name }: OnGithub): Caller {
  const archive = (key: string) => {
    const found = archives[key];
    return found ? Promise.resolve(found) : Promise.reject(new Error(`The seed ${key} cannot be read`));
  };
  return new Caller(
    cloudFormation,
    {
      connection: () => GithubConnection.arn,
      credentials: () => Promise.resolve(github.credentials),
      archive,
    },
    {
      ...{ ServiceToken: "arn", Host: "github", Repository: name, Project: project },
      ...{ Seed: seedKey, SeedVersion: "v1" },
    },
  );
}
