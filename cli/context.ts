import { resolve } from "node:path";
import { readEstate } from "../stacks/known";
import type { Environment, Estate } from "../config/schema";
import { models } from "../pipelines";
import { accessRoleName, type AccessRole } from "../core/access-roles";
import { accessAccount, type AccountAccess } from "../deploy/access/account-access";
import type { Applier } from "../stacks/kind";
import { principalsOf } from "../stacks/topology";
import { environmentsDirectory, ownEnvironments } from "../tools/paths";
import { variable } from "../tools/variable";
import { pointsAtThisMachine, useKeptLocalAws } from "./access/local-aws";
import { UsageError } from "./errors";
import { Screen, type Stream } from "./screen";

/** What every command takes. */
export interface GlobalOptions {
  readonly json?: boolean;
  readonly local?: boolean;
  readonly environments?: string;
  readonly role?: string;
}

/** Where the program runs and what it prints to. */
export interface Surroundings {
  /** Folder that relative paths start at. */
  readonly directory: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Gets results. */
  readonly out: Stream;
  /** Gets progress and complaints. */
  readonly err: Stream;
}

/** What a command works with. */
export class Context {
  readonly json: boolean;
  /** Whether `--local` was given. */
  readonly local: boolean;
  /** Gets results; commands answer, and print to it only what cannot wait. */
  readonly out: Screen;
  /** Gets progress. */
  readonly err: Screen;
  private known: Estate | undefined;
  private connected: Promise<void> | undefined;

  constructor(
    private readonly surroundings: Surroundings,
    private readonly options: GlobalOptions,
  ) {
    this.json = options.json ?? false;
    this.local = options.local ?? false;
    this.out = new Screen(surroundings.out, surroundings.variables);
    this.err = new Screen(surroundings.err, surroundings.variables);
  }

  /** The configuration. @throws ConfigurationError */
  get estate(): Estate {
    this.known ??= readEstate(this.environments, models);
    return this.known;
  }

  /** The same with another folder of environment files. */
  at(environments: string): Context {
    return new Context(this.surroundings, { ...this.options, environments });
  }

  /** A path as the user gave it, made absolute. */
  path(given: string): string {
    return resolve(this.surroundings.directory, given);
  }

  /** Points AWS clients at the local AWS where `--local` asks for it. @throws Error where none is up */
  connect(): Promise<void> {
    this.connected ??= this.options.local ? useKeptLocalAws() : Promise.resolve();
    return this.connected;
  }

  /**
   * An account, with `--role`, else the first of these roles that it has, else as its administrator.
   * @throws AccessError saying what the caller lacks
   */
  async access(environment: Environment, ...roles: readonly AccessRole[]): Promise<AccountAccess> {
    const { project, adminRole } = this.estate.shared;
    const least = roles.find((role) => principalsOf(environment, role).length > 0);
    return this.accessAs(environment, least === undefined ? adminRole : accessRoleName(project, least));
  }

  /** An account, with `--role`, else by this role of it. @throws AccessError saying what the caller lacks */
  async accessAs(environment: Environment, role: string): Promise<AccountAccess> {
    await this.connect();
    return accessAccount(environment, this.role ?? role);
  }

  /**
   * Role for what only reads: `--role`, else the planner's where every account has one. Whoever asks for what one applies is that
   * one, and has its roles. @default the stacks' own
   */
  readingRole(appliedBy: Applier | undefined): string | undefined {
    if (appliedBy !== undefined) return this.role;
    const { environments, shared } = this.estate;
    const planned = environments.every((environment) => principalsOf(environment, "planner").length > 0);
    return this.role ?? (planned ? accessRoleName(shared.project, "planner") : undefined);
  }

  /** Role to assume in every account, where the user names one. @throws UsageError for what is no role's name */
  get role(): string | undefined {
    const role = this.options.role ?? variable("MLOPS_ROLE", this.surroundings.variables);
    if (role === undefined || /^[\w+=,.@/-]+$/.test(role)) return role;
    throw new UsageError(`--role and MLOPS_ROLE must be the name of a role, got: ${JSON.stringify(role)}`);
  }

  /** Whether AWS is the one on this machine. @throws Error where `--local` finds none */
  async isLocal(): Promise<boolean> {
    await this.connect();
    return pointsAtThisMachine(process.env.AWS_ENDPOINT_URL);
  }

  /** Folder of environment files. */
  get environments(): string {
    return this.givenEnvironments ?? environmentsDirectory();
  }

  /** Where the user's own environment files belong, whether there are any or not. */
  get ownEnvironments(): string {
    return this.givenEnvironments ?? ownEnvironments();
  }

  private get givenEnvironments(): string | undefined {
    const { environments } = this.options;
    return environments === undefined ? undefined : this.path(environments);
  }
}
