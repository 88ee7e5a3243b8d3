import { runWithJournal } from "../../../../../deploy/terraform/process";

/** Runs a Terraform with a journal, to be killed meanwhile: `<binary> <folder> <journal>`. */
const [terraform = "", directory = "", journal = ""] = process.argv.slice(2);
void runWithJournal({ terraform, directory, environment: {}, lockFile: "" }, ["apply"], journal);
