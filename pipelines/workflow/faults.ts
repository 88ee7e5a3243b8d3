import type { Json } from "../definition/values";

interface Validated {
  readonly isValid: boolean;
  readonly errorsText: () => string;
}

type Validate = (definition: unknown) => Validated;

/** What Amazon States Language refuses in a definition, in the words of `asl-validator`, which is given a copy: it writes to it. */
export function faultsOf(definition: Json): string[] {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded only where there is a workflow
  const validate = require("asl-validator") as Validate;
  const { isValid, errorsText } = validate(structuredClone(definition));
  return isValid ? [] : [errorsText()];
}
