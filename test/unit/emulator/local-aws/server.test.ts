import { serverEnvironment } from "../../../../emulator/local-aws/server";

test("local AWS has nothing of its caller's settings for moto and AWS", () => {
  const callers = { MOTO_ACCOUNT_ID: "1", AWS_PROFILE: "gone", AWS_CA_BUNDLE: "/nowhere" };
  const environment = serverEnvironment({ ...callers, PATH: "/bin" });
  for (const name of Object.keys(callers)) expect(environment).not.toHaveProperty(name);
  expect(environment.PATH).toBe("/bin");
});
