import { region } from "../../../config/formats";

const messageFor = (name: string): string | undefined => region.safeParse(name).error?.issues[0]?.message;

test.each(["us-east-1", "eu-central-1", "us-gov-west-1", "cn-north-1", "ap-southeast-7", "eusc-de-east-1"])(
  "%s is a region",
  (name) => {
    expect(messageFor(name)).toBeUndefined();
  },
);

test.each([
  ["us-east-l", "us-east-1"],
  ["us-east1", "us-east-1"],
  ["US-EAST-1", "us-east-1"],
  ["us_east_1", "us-east-1"],
  ["us-gov-west1", "us-gov-west-1"],
])("%s is none; %s is suggested", (name, meant) => {
  expect(messageFor(name)).toBe(`must be an AWS region (did you mean "${meant}"?)`);
});

test.each(["mars-1", "", "1".repeat(1000)])('"%s" is none, and like none', (name) => {
  expect(messageFor(name)).toBe("must be an AWS region");
});
