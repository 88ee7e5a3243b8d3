import { exitWith } from "../exit";
import { setUpTools } from "./tools";

/** `npm run setup`: all set-up, and nothing else. */
exitWith(async () => {
  const { terraform, python } = await setUpTools();
  console.log(`terraform ${terraform.terraform}\npython    ${python}`);
  return 0;
});
