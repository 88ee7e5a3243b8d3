import { TerraformError } from "./process";

/** How long the lock of a state is waited for. */
const secondsToWait = 60;

/**
 * Whether a run ended because the lock of its state was held when it asked for it, and let go before it could read who held it: the one case
 * in which Terraform does not wait, for it waits for holders that it knows. It has done nothing then.
 * https://github.com/hashicorp/terraform/blob/v1.11.4/internal/states/statemgr/locker.go, `LockWithContext`
 * @param said Terraform's own words
 */
export const letGoMeanwhile = (said: string): boolean =>
  /Error acquiring the state lock[^]*PutObject[^]* 412,[^]*unable to retrieve file from S3 bucket [^\n]*\.tflock'[^\n]* NoSuchKey/.test(
    said,
  );

/**
 * Begins a run that takes its state's lock, and begins it again where the lock was let go meanwhile.
 * @param run gets the option that says how much longer the lock is waited for
 * @throws TerraformError
 */
export async function takingLock<T>(run: (option: string) => Promise<T>, now = Date.now): Promise<T> {
  const end = now() + secondsToWait * 1_000;
  for (;;) {
    const left = Math.max(0, Math.ceil((end - now()) / 1_000));
    try {
      return await run(`-lock-timeout=${left}s`);
    } catch (error) {
      if (left === 0 || !(error instanceof TerraformError && letGoMeanwhile(error.message))) throw error;
    }
  }
}
