/** A CI server that makes a release of one version at a time. */
export interface CiServer {
  /**
   * Asks for a build.
   * @param version ARN of the model package
   * @returns where it can be looked at
   * @throws NotStartedError where certainly nothing was started; any other error leaves that open
   */
  start(version: string): Promise<string>;
  /**
   * Looks for a build of this version that was asked for since a moment.
   * @returns where it can be looked at; undefined where there is none
   * @throws Error where that cannot be told
   */
  find(version: string, since: Date): Promise<string | undefined>;
}

/** The CI server has not taken a request, and may be asked again. */
export class NotStartedError extends Error {}

/** Milliseconds by which clocks may differ. */
const skew = 60_000;

/** A moment that is not after another, whoever's clock says so. */
export const byAnyClock = (moment: Date): Date => new Date(moment.getTime() - skew);
