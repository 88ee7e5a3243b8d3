import { everythingSaid } from "../../unit/deploy/plans/support/everything-said";
import { TerraformFolder } from "../../support/terraform-folder";

test("real Terraform: a variable's secret is nowhere, although its plan holds it marked, unmarked and as output", async () => {
  const folder = new TerraformFolder();
  const configuration = (secret: string, step: number) => ({
    variable: { secret: { sensitive: true, default: secret } },
    resource: {
      terraform_data: {
        holder: {
          input: {
            map: { pin: "${var.secret}", step },
            tuple: ["${var.secret}", `x${step}`],
            set: '${toset([var.secret, "y"])}',
            json: '${jsonencode({ inner = [var.secret], step = "x" })}',
            text: "before ${var.secret} after",
          },
          triggers_replace: { secret: "${var.secret}" },
        },
        updated: { input: { secret: "${var.secret}", step } },
      },
    },
    output: { it: { value: "${var.secret}", sensitive: true } },
  });
  const first = await folder.planFor(configuration("hush-one-one", 1));
  await folder.apply(configuration("hush-one-one", 1));
  const second = await folder.planFor(configuration("hush-two-two", 2));
  for (const { json } of [first, second]) {
    expect(JSON.stringify(json)).toContain("hush-");
    expect(everythingSaid(json)).not.toContain("hush-");
  }
  expect(everythingSaid(second.json)).toContain("input.step: 1 → 2");
});
