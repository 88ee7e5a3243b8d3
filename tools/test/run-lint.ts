import { exitWith } from "../exit";
import { setUpTools } from "../setup/tools";
import { lint } from "./lint";

/** `npm run lint` */
exitWith(async () => {
  const failed = await lint(await setUpTools());
  for (const what of failed) console.error(`FAILED: ${what}`);
  return failed.length > 0 ? 1 : 0;
});
