import { DescribeProjectCommand } from "@aws-sdk/client-sagemaker";
import { catalogDouble, type CatalogDouble } from "./catalog-double";
import { ofCatalog } from "./described-project";
import { mocks, mockStanding, update } from "./projects-to-update";

jest.mock(
  "../../../templates",
  () => jest.requireActual<{ readonly registry: object }>("../../support/template-registry").registry,
);

const { sagemaker, sent } = mocks;
let catalog: CatalogDouble;

beforeEach(async () => {
  mockStanding();
  sagemaker.on(DescribeProjectCommand).resolves(ofCatalog);
  catalog = await catalogDouble();
});
afterEach(() => catalog.stop());

test("a project of the catalog is moved to the version that the catalog has by that name", async () => {
  catalog.answer(200, {
    ProvisioningArtifacts: [
      { Id: "pa-none", Name: "none" },
      { Id: "pa-second", Name: "2" },
    ],
  });
  expect((await update()).code).toBe(0);
  expect(catalog.asked).toEqual([
    { target: "AWS242ServiceCatalogService.DescribeProduct", body: { Id: "prod-gitlab" } },
  ]);
  expect(sent()).toMatchObject([
    {
      ServiceCatalogProvisioningUpdateDetails: {
        ProvisioningArtifactId: "pa-second",
        ProvisioningParameters: [{ Key: "GitLabGroup", Value: "ml" }, {}, {}],
      },
    },
  ]);
});

test("a project of the catalog is not moved where the catalog does not show the product, or has no such version yet", async () => {
  catalog.answer(400, { __type: "ResourceNotFoundException", Message: "Product not found" });
  expect(await update()).toMatchObject({
    code: 2,
    err: expect.stringContaining("projectTemplates.users, with --role") as string,
  });
  catalog.answer(200, { ProvisioningArtifacts: [{ Id: "pa-first", Name: "1" }] });
  expect(await update()).toMatchObject({
    code: 2,
    err: expect.stringContaining("Version 2 is not in the catalog") as string,
  });
  expect(sent()).toEqual([]);
});
