import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../../../tools/paths";

/**
 * The programs of an image that a model brings: those of `pipelines/<model>/container`, for a repository of an account's own that is called
 * after it (`imageRepositoryName` in `core/naming.ts`). They run on this machine's Python, whatever the Dockerfile says.
 * @param models folder of models
 */
export function ownContainer(
  imageRepository: string,
  models = join(repository, "pipelines"),
): string | undefined {
  const [model] = readdirSync(models)
    .filter((name) => imageRepository.endsWith(`-${name}`))
    .filter((name) => existsSync(join(models, name, "container")))
    .toSorted((one, other) => other.length - one.length);
  return model === undefined ? undefined : join(models, model, "container");
}
