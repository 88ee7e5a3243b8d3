import type { Estate } from "../../config/schema";
import { namesOfAccount, namesOfRegistry, namesOfWorkload } from "../../stacks/topology";

/** The alias of the key that encrypts what lies in each of an estate's buckets, by bucket. */
export const bucketKeyAliases = (estate: Estate): Map<string, string> =>
  new Map(
    estate.environments.flatMap((environment): (readonly [string, string])[] => {
      const { stateBucket, stateKeyAlias } = namesOfAccount(estate, environment);
      const state = [stateBucket, stateKeyAlias] as const;
      if (environment.kind === "ci") return [state];
      if (environment.kind === "registry") {
        const { artifactsBucket, keyAlias } = namesOfRegistry(estate, environment);
        return [state, [artifactsBucket, keyAlias]];
      }
      const { dataBucket, keyAlias } = namesOfWorkload(estate, environment);
      return [state, [dataBucket, keyAlias]];
    }),
  );
