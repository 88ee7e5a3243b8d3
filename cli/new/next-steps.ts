import type { NextStep } from "../init/next-steps";

/** From a new model's folder to its first run on this machine, and to what makes it another than the sample. */
export const stepsAfterModel = (name: string, environment: string): NextStep[] => [
  { command: "npm start -- --keep", purpose: "the whole estate, with the new model, on this machine" },
  {
    command: `npx mlops data prepare --model ${name} --upload ${environment} --first --local`,
    purpose: "its rows, where it looks for them",
  },
  { command: `npx mlops pipelines start ${environment} ${name}-train --local`, purpose: "a first run" },
  { command: "npm run verify", purpose: "its tests, and what holds of every model" },
];

/** From a new environment's file to stacks in its account. */
export const stepsAfterEnvironment = (name: string, directory: string): NextStep[] => [
  { command: `git add ${directory} && git commit`, purpose: "a plan is of a commit" },
  { command: "npx mlops doctor", purpose: "tools, credentials, the role of each account" },
  { command: `npx mlops bootstrap ${name}`, purpose: "its state bucket; once" },
  {
    command: "npx mlops plan --affected HEAD~1 --out plan",
    purpose: "its stacks, and what they change in others",
  },
  { command: "npx mlops apply --from plan", purpose: "exactly that" },
];
