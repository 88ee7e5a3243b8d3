import type { WorkloadEnvironment } from "../../../config/schema";
import { expiringPrefixes, type Expiring } from "../../../core/retention";
import type { Expiration } from "../../../modules/s3/private-bucket";
import type { ModelDefinition } from "../../../pipelines/model";

/** What expires in an environment's data bucket: of each model that runs there, what the environment's file gives days for. */
export const expirationsOf = (
  { retention = {} }: WorkloadEnvironment,
  models: readonly ModelDefinition[],
): Expiration[] =>
  models.flatMap(({ name }) => {
    const prefixes = expiringPrefixes(name);
    return (Object.keys(prefixes) as Expiring[]).flatMap((what) => {
      const days = retention[what];
      return days === undefined ? [] : [{ id: `expire-${what}-of-${name}`, prefix: prefixes[what], days }];
    });
  });
