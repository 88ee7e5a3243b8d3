import { resources } from "../../support/synth";
import { stackOf, synthesisedStacks } from "../../support/synthesised";

const stacks = synthesisedStacks();
const models = ["dev-mammo-severity", "prod-mammo-severity"];

/** Every value that stands under a name, at any depth. */
const valuesOf = (value: unknown, name: string): unknown[] =>
  typeof value === "object" && value !== null
    ? Object.entries(value as Record<string, unknown>).flatMap(([key, child]) =>
        key === name ? [child] : valuesOf(child, name),
      )
    : [];

test.each(models)(
  "%s names the key of each volume by its own ARN, which Terraform finds behind the alias",
  (id) => {
    const stack = stackOf(stacks, id);
    const [name = ""] = Object.keys(stack.data?.aws_kms_alias ?? {});
    const definitions = resources(stack, "aws_sagemaker_pipeline").map(
      ({ pipeline_definition: text }) => JSON.parse(String(text)) as unknown,
    );
    const volumes = definitions.flatMap((definition) => valuesOf(definition, "VolumeKmsKeyId"));
    expect(volumes).toHaveLength(6);
    expect(new Set(volumes)).toEqual(new Set([`\${data.aws_kms_alias.${name}.target_key_arn}`]));
  },
);

test.each(models)("%s waits, on a new estate, with looking for the key until it applies", (id) => {
  const { data, resource } = stackOf(stacks, id);
  const [marker = ""] = Object.keys(resource.terraform_data ?? {});
  const [environment = ""] = id.split("-");
  expect(Object.values(data?.aws_kms_alias ?? {})).toEqual([
    expect.objectContaining({ name: `alias/mlops-${environment}`, depends_on: [`terraform_data.${marker}`] }),
  ]);
});

test.each(Object.entries(stacks))("%s holds no text that only stands for a key", (_, stack) => {
  expect(JSON.stringify(stack)).not.toContain("<alias");
});
