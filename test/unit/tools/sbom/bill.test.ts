import { billOf, type NpmBill } from "../../../../tools/sbom/bill";
import { pythonComponents } from "../../../../tools/sbom/python";
import { terraformComponents } from "../../../../tools/sbom/terraform";

const sum = (digit: string) => digit.repeat(64);

const npm = (folder: string, time: string): NpmBill => ({
  serialNumber: `urn:uuid:${time}`,
  metadata: { timestamp: time, component: { "bom-ref": "own@1.0.0", name: folder } },
  components: [{ "bom-ref": "zod@4.6.7" }],
  dependencies: [{ ref: "own@1.0.0", dependsOn: ["zod@4.6.7"] }, { ref: "zod@4.6.7" }],
});

const requirements = `attrs==26.1.0 \\
    --hash=sha256:${sum("a")} \\
    --hash=sha256:${sum("b")}
cffi==2.1.1 ; platform_python_implementation != 'PyPy' \\
    --hash=sha256:${sum("c")}
PyJWT[crypto]==2.10.1 \\
    --hash=sha256:${sum("d")}
`;

test("the same locks give the same bill, whatever the folder and the time", () => {
  const further = pythonComponents([requirements]);
  const bill = billOf(npm("one", "2026-01-01"), "own", further);
  expect(billOf(npm("two", "2026-02-02"), "own", further)).toEqual(bill);
  expect(bill.serialNumber).toMatch(
    /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
  );
  expect(billOf(npm("one", "2026-01-01"), "own", []).serialNumber).not.toBe(bill.serialNumber);
  expect(bill.metadata).toEqual({ component: { "bom-ref": "own@1.0.0", name: "own" } });
});

test("what is added stands among the components in order, and the project depends on it", () => {
  const bill = billOf(npm("one", "2026-01-01"), "own", pythonComponents([requirements]));
  const python = ["pkg:pypi/attrs@26.1.0", "pkg:pypi/cffi@2.1.1", "pkg:pypi/pyjwt@2.10.1"];
  expect(bill.components.map((each) => each["bom-ref"])).toEqual([...python, "zod@4.6.7"]);
  expect(bill.dependencies[0]).toEqual({ ref: "own@1.0.0", dependsOn: ["zod@4.6.7", ...python] });
});

test("a Python package is one component a version, with the hashes that its lock accepts", () => {
  expect(pythonComponents([requirements, requirements])).toHaveLength(3);
  expect(pythonComponents([requirements])[0]).toMatchObject({
    name: "attrs",
    version: "26.1.0",
    externalReferences: [
      {
        type: "distribution",
        url: "https://pypi.org/project/attrs/26.1.0/",
        hashes: [sum("a"), sum("b")].map((content) => ({ alg: "SHA-256", content })),
      },
    ],
  });
});

test("Terraform and its provider are in it with the archives that are accepted", () => {
  const [terraform, provider] = terraformComponents(
    "1.11.4",
    { "terraform_1.11.4_linux_amd64.zip": sum("e") },
    {
      provider: { source: "registry.terraform.io/hashicorp/aws", version: "5.100.0" },
      lock: `"h1:abc=",\n"zh:${sum("f")}",`,
    },
  );
  expect(terraform).toMatchObject({
    purl: "pkg:github/hashicorp/terraform@v1.11.4",
    externalReferences: [
      {
        url: "https://releases.hashicorp.com/terraform/1.11.4/terraform_1.11.4_linux_amd64.zip",
        hashes: [{ content: sum("e") }],
      },
    ],
  });
  expect(provider).toMatchObject({
    purl: "pkg:github/hashicorp/terraform-provider-aws@v5.100.0",
    externalReferences: [{ hashes: [{ content: sum("f") }] }],
  });
});
