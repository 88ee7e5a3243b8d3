import { ParameterReference, type Json } from "./values";

type ParameterType = "String" | "Integer" | "Float" | "Boolean";

const namePattern = /^[A-Za-z0-9_-]{1,64}$/;

/** https://github.com/aws/sagemaker-python-sdk/issues/2314 */
const mostValues = 16;

/** JSON has one kind of number, and none for what is no number. */
const fits: Readonly<Record<ParameterType, (value: unknown) => boolean>> = {
  String: (value) => typeof value === "string",
  Integer: Number.isSafeInteger,
  Float: Number.isFinite,
  Boolean: (value) => typeof value === "boolean",
};

/** A parameter of a pipeline; each execution may set it. */
export class Parameter<
  Known extends string | number | boolean = string | number | boolean,
> extends ParameterReference<Known> {
  constructor(
    readonly name: string,
    private readonly type: ParameterType,
    defaultValue: Known,
    private readonly enumValues?: readonly Known[],
  ) {
    super(name, defaultValue);
    if (!namePattern.test(name)) {
      throw new Error(
        `parameter name must be 1 to 64 letters, digits, dashes and underscores, got: "${name}"`,
      );
    }
    if (!fits[type](defaultValue)) {
      throw new Error(`parameter ${name} must have a default of type ${type}, got: ${defaultValue}`);
    }
    if (enumValues && enumValues.length > mostValues) {
      throw new Error(`parameter ${name} may have ${mostValues} values, got: ${enumValues.length}`);
    }
    if (enumValues && !enumValues.includes(defaultValue)) {
      throw new Error(
        `parameter ${name} must have one of ${enumValues.join(", ")} as default, got: ${defaultValue}`,
      );
    }
  }

  declaration(): Json {
    return {
      Name: this.name,
      Type: this.type,
      DefaultValue: this.defaultValue,
      ...(this.enumValues && { EnumValues: this.enumValues }),
    };
  }
}

/** https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-parameters.html */
export const stringParameter = (name: string, defaultValue: string, enumValues?: readonly string[]) =>
  new Parameter(name, "String", defaultValue, enumValues);
export const integerParameter = (name: string, defaultValue: number) =>
  new Parameter(name, "Integer", defaultValue);
export const floatParameter = (name: string, defaultValue: number) =>
  new Parameter(name, "Float", defaultValue);
export const booleanParameter = (name: string, defaultValue: boolean) =>
  new Parameter(name, "Boolean", defaultValue);
