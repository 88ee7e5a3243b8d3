import type { StackDescription } from "../../stacks/list";

interface Remedy {
  readonly symptom: RegExp;
  readonly remedy: (stack: StackDescription) => string;
}

/** What to do about failures that every estate meets sooner or later. */
const remedies: readonly Remedy[] = [
  {
    symptom: /S3 bucket "[^"]*" does not exist|NoSuchBucket/,
    remedy: ({ environment }) => `The account has no state bucket yet: mlops bootstrap ${environment.name}`,
  },
  {
    symptom: /Error acquiring the state lock/,
    remedy: ({ id }) => `Wait for its holder, or see who that is: mlops unlock ${id}`,
  },
  {
    symptom: /ExpiredToken|security token included in the request is expired/i,
    remedy: () => "The credentials have run out: log in again",
  },
  {
    symptom: /AccessDenied[^]*kms:|kms:[^]*AccessDenied/,
    remedy: () =>
      "A key that the role may use by its alias: a new alias counts after up to five minutes, then plan and apply again",
  },
  {
    symptom: /lifecycle\.prevent_destroy/,
    remedy: () =>
      "It holds data, or what stands in it, and stays. What would make another one in its place is a change in the code or the environment files: " +
      "mlops plan --affected COMMIT, with the commit that was applied last, names what differs. Take that back",
  },
  {
    symptom: /already exists with different tags/,
    remedy: () =>
      "Another stack has it, perhaps one that the code has no more, which an administrator's mlops plan names: that one " +
      "goes first, or this one gets another name",
  },
  {
    symptom: /AlreadyExists|already exists(?! with different tags)|BucketAlreadyOwnedByYou/i,
    remedy: ({ id }) => `It exists, but not in the state of ${id}: import it (terraform import)`,
  },
];

/** A failure's reason with what to do about it, where that is known. */
export function withRemedy(stack: StackDescription, reason: string): string {
  const found = remedies.filter(({ symptom }) => symptom.test(reason));
  return [reason.trimEnd(), ...found.map(({ remedy }) => `→ ${remedy(stack)}`)].join("\n");
}

/** Rethrows a stack's failure with what to do about it. */
export const explain =
  (stack: StackDescription) =>
  (error: unknown): never => {
    throw new Error(withRemedy(stack, (error as Error).message), { cause: error });
  };
